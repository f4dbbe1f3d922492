import type { Page } from '@playwright/test'
import { expect, test } from '../helpers/console-test.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

/** Every place, and what tells that it has been drawn. */
const places = [
  ['today', '/today', (page: Page) => page.getByRole('heading', { level: 1, name: 'Today' })],
  ['queue', '/queue', (page: Page) => page.getByRole('option').first()],
  ['diagnose', '/diagnose', (page: Page) => page.getByRole('button', { name: 'Start diagnosis' })],
  ['people', '/people', (page: Page) => page.getByRole('option').first()],
  ['archive', '/archive', (page: Page) => page.getByRole('heading', { level: 1, name: 'Archive' })],
  ['practice', '/practice', (page: Page) => page.getByRole('option').first()],
  ['settings', '/settings', (page: Page) => page.getByText('Data folder')],
] as const

const longName =
  'Maximiliane-Dorothea von der Hohenlohe-Waldenburg-Schillingsfürst, Abteilung für Angelegenheiten'
const longSubject = `${'Re: '.repeat(12)}Donaudampfschifffahrtsgesellschaftskapitänsmütze ${'und noch mehr '.repeat(20)}`
const rtlName = 'محمد بن عبد الرحمن الخوارزمي'

for (const [colourScheme, density] of [
  ['light', 'compact'],
  ['dark', 'comfortable'],
] as const)
  test(`Every place can be read in the ${colourScheme} theme with ${density} rows.`, async ({
    open,
    look,
    page,
    testDesk,
  }) => {
    test.setTimeout(120_000)
    await testDesk.call('settings.update', { colourScheme, density })
    await testDesk.call('practice.start', {})
    for (const [name, path, drawn] of places) {
      await open(path)
      await expect(drawn(page)).toBeVisible()
      await look(`${name}-${colourScheme}-${density}`)
    }
  })

test('Every place says what will be in it while it is empty.', async ({ open, look, page }) => {
  test.setTimeout(120_000)
  const empty = {
    '/queue': 'No tickets yet',
    '/diagnose': 'No diagnosis yet',
    '/people': 'Nobody here yet',
    '/archive': 'No archive yet',
    '/practice': 'The practice company is closed',
  }
  for (const [path, words] of Object.entries(empty)) {
    await open(path)
    await expect(page.getByText(words)).toBeVisible()
    await look(`empty${path.replace('/', '-')}`)
  }
})

test('Names of any length and direction keep their place.', async ({ open, look, page, testDesk }) => {
  const ids = await openTickets(testDesk)
  await open(`/queue/${ids.long}`)
  await expect(page.getByRole('heading', { level: 2 })).toContainText('Donaudampfschifffahrt')
  await look('long-ticket')
  await open(`/queue/${ids.rtl}`)
  await expect(page.getByRole('heading', { level: 2 })).toContainText('البريد')
  await look('rtl-ticket')
  const name = page.getByRole('complementary', { name: 'Context of the ticket' }).getByText(rtlName)
  await expect(name).toBeVisible()
  await page.setViewportSize({ width: 900, height: 700 })
  await look('rtl-ticket-narrow')
  const overflowPx = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflowPx).toBeLessThanOrEqual(0)
})

test('Ten thousand tickets scroll, search and open without a wait.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  test.setTimeout(120_000)
  await testDesk.finished((await testDesk.call('tickets.seed', { count: 10_000 })).runId)
  await open('/queue')
  await expect(page.getByText('10,000 tickets')).toBeVisible()
  await look('ten-thousand')
  const list = page.getByRole('listbox', { name: 'Tickets' })
  await list.focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('article')).toBeVisible()
  // Only what is in sight is drawn, however long the list is.
  expect(await page.getByRole('option').count()).toBeLessThan(60)
  await page.keyboard.press('/')
  const startedMs = Date.now()
  await page.keyboard.type('password')
  await expect(page.getByText(/tickets found, newest first/)).toBeVisible()
  expect(Date.now() - startedMs).toBeLessThan(5000)
  await look('ten-thousand-searched')
})

test('When the program is gone, every place keeps what it shows and says so.', async ({
  open,
  look,
  page,
  testDesk,
  served,
}) => {
  await testDesk.call('practice.start', {})
  await open('/queue')
  await page.getByRole('option').first().click()
  await expect(page.getByRole('article')).toBeVisible()
  await served.close()
  await expect(page.getByRole('button', { name: 'No answer' })).toBeVisible()
  await expect(page.getByRole('article')).toBeVisible()
  await look('gone-queue')
})

test('No place blocks: each answers a key within a moment of its first paint.', async ({
  open,
  page,
  testDesk,
}) => {
  await testDesk.call('practice.start', {})
  const paintedMs: Record<string, number> = {}
  for (const [name, path, drawn] of places) {
    await open(path)
    await expect(drawn(page)).toBeVisible()
    paintedMs[name] = await page.evaluate(firstPaintMs)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
  }
  test.info().annotations.push({ type: 'first paint, ms', description: JSON.stringify(paintedMs) })
  expect(Object.entries(paintedMs).filter(([, ms]) => ms >= 1000)).toEqual([])
})

async function openTickets({ call }: TestDesk): Promise<{ readonly long: string; readonly rtl: string }> {
  const long = await call('tickets.open', {
    subject: longSubject,
    description: 'x'.repeat(3000),
    requester: {
      name: longName,
      email: `${'very-long-'.repeat(6)}name@${'sub.'.repeat(12)}example.org`,
      personId: null,
    },
  })
  const rtl = await call('tickets.open', {
    subject: 'لا أستطيع إرسال البريد منذ الصباح (SMTP 550)',
    description: 'مرحبا، لا أستطيع إرسال أي رسالة. يقول الخادم: 550 5.7.1.',
    requester: { name: rtlName, email: 'mohammed@harbour.example', personId: null },
  })
  return { long: long.ticketId, rtl: rtl.ticketId }
}

/** Waits for the first contentful paint of the page, in milliseconds since it was asked for. */
function firstPaintMs(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0]
      if (paint !== undefined) resolve(Math.round(paint.startTime))
    }).observe({ type: 'paint', buffered: true })
  })
}
