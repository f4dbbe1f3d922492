import { expect, test } from '../helpers/console-test.ts'
import { createTestDesk } from '../helpers/test-desk.ts'

test('A newcomer opens the practice company, asks for help, and closes it again.', async ({
  open,
  look,
  testDesk,
}) => {
  const page = await open('/practice')
  const start = page.getByRole('button', { name: 'Start practice company' })
  await expect(start).toBeVisible()
  await look('practice-closed')
  await start.click()
  await expect(page.getByRole('option')).toHaveCount(9)
  await expect(page.getByText('0 of 9 solved')).toBeVisible()
  await look('practice-overview')

  await page.getByRole('option', { name: /The password that was right yesterday/ }).click()
  await expect(page).toHaveURL(/\/practice\/password_changed$/)
  await page.getByRole('button', { name: /^Phone/ }).click()
  await expect(page.getByText(/It is \w+-\w+-\d{4} now/)).toBeVisible()
  for (let step = 0; step < 2; step++) await page.getByRole('button', { name: 'Show a hint' }).click()
  await page.getByRole('button', { name: 'Show what should be found' }).click()
  await page.getByRole('button', { name: 'Show the solution' }).click()
  await expect(page.getByText('Phone Misaki')).toBeVisible()
  await look('practice-case')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('practice-case-dark')
  await page.getByRole('link', { name: /^Open ticket/ }).click()
  await expect(page).toHaveURL(/\/queue\//)

  await page.goto(new URL('/practice/mailbox_full', page.url()).href)
  await page.getByRole('button', { name: 'Have the quota raised' }).click()
  await expect(page.getByText('The mailbox has 20 MB more room.')).toBeVisible()
  await page.getByRole('button', { name: 'Close practice company' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close practice company' }).click()
  await expect(start).toBeVisible()
  // Its people leave one after the other while the way back is there already.
  await expect.poll(async () => (await testDesk.call('accounts.list', {})).total).toBe(0)
})

test('What an earlier session left can be removed.', async ({ open, look, testDesk }) => {
  const earlier = await createTestDesk({ dataDir: testDesk.dataDir })
  await earlier.call('practice.start', {})
  await earlier.dispose()
  const page = await open('/practice')
  await expect(page.getByText('12 people of an earlier session')).toBeVisible()
  await look('practice-left-over')
  await page.getByRole('button', { name: 'Remove invented people' }).click()
  await expect(page.getByText('of an earlier session')).toBeHidden()
  expect((await testDesk.call('accounts.list', {})).total).toBe(0)
})

test('A case is worked in the console: diagnosed, put right, diagnosed again, solved.', async ({
  open,
  look,
  testDesk,
}) => {
  await testDesk.call('practice.start', {})
  const page = await open('/practice/mailbox_full')
  const chosen = page.getByRole('option', { name: /Suppliers get their mail back/ })
  await expect(chosen).toContainText('Open')
  await page.getByRole('link', { name: 'Diagnose mailbox' }).click()
  await expect(page.getByRole('heading', { name: 'The mailbox is full' })).toBeVisible({ timeout: 20_000 })
  await look('practice-finding')
  await page.goto(new URL('/practice/mailbox_full', page.url()).href)
  await expect(chosen).toContainText('Problem found')
  await page.getByRole('button', { name: 'Have the quota raised' }).click()
  await expect(page.getByText('The mailbox has 20 MB more room.')).toBeVisible()
  await page.getByRole('link', { name: 'Diagnose mailbox' }).click()
  await expect(page.getByRole('heading', { name: 'This mailbox works' })).toBeVisible()
  await page.goto(new URL('/practice/mailbox_full', page.url()).href)
  await expect(chosen).toContainText('Solved')
  await expect(page.getByText('1 of 9 solved')).toBeVisible()
  await look('practice-solved')
})
