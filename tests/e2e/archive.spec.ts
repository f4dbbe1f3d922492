import { ImapFlow } from 'imapflow'
import { expect, test } from '../helpers/console-test.ts'
import { hostileMessage } from '../helpers/hostile-mail.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

const address = 'dana.levy@lanternquay.example'

test('Without an archive, the place says what it is for and takes the first step.', async ({
  open,
  look,
}) => {
  const page = await open('/archive')
  await expect(page.getByText('No archive yet')).toBeVisible()
  await look('archive-empty')
  await page.getByRole('button', { name: 'Archive a mailbox' }).first().click()
  await expect(page.getByRole('dialog')).toContainText('No mailbox is connected yet.')
  await look('archive-no-mailbox')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Open archive or bundle' }).click()
  await page.getByRole('dialog').getByLabel('Path').fill('/nowhere/at/all')
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  await look('archive-path-refused')
})

test('Hostile HTML runs nothing, loads nothing and leads nowhere.', async ({
  open,
  look,
  page,
  testDesk,
  served,
}) => {
  test.setTimeout(120_000)
  await deliver(testDesk, [
    hostileMessage('Confirm your password now', 3),
    hostileMessage('An endless letter', 20_000),
  ])
  const archiveId = await archiveMailbox(testDesk)
  await testDesk.searchable(archiveId)
  const addressOf = async (text: string) => {
    const { messages } = await testDesk.call('archive.search', { archiveId, text })
    return `/archive/${archiveId}?message=${messages[0]?.occurrenceId ?? 0}`
  }
  const [requests, dialogs]: [string[], string[]] = [[], []]
  page.on('request', (request) => {
    const isOurs =
      request.url().startsWith(new URL(served.url).origin) && request.frame() === page.mainFrame()
    if (!isOurs) requests.push(request.url())
  })
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })

  await open(await addressOf('Confirm your password now'))
  const mail = page.frameLocator('iframe')
  await expect(mail.getByRole('heading', { name: 'Your mailbox will be closed' })).toBeVisible()
  await look('archive-hostile')
  await mail.getByText('https://bank.example').click()
  await expect(mail.getByText('[tracker.example]')).toBeVisible()

  await open(await addressOf('An endless letter'))
  await expect(mail.getByText('The last line')).toBeAttached({ timeout: 30_000 })

  const tags =
    'script, form, input, iframe, object, embed, svg, math, video, base, link, [onerror], [onload], a[href]'
  expect({
    hacked: await page.evaluate(() => (window as { hacked?: number }).hacked ?? 0),
    left: await mail.locator('body').locator(tags).count(),
    dialogs,
    requests: requests.filter((url) => url.startsWith('http')),
    sandbox: await page.locator('iframe').getAttribute('sandbox'),
    url: new URL(page.url()).pathname,
  }).toEqual({ hacked: 0, left: 0, dialogs: [], requests: [], sandbox: '', url: `/archive/${archiveId}` })
})

test('Mail in many scripts and broken mail are shown as they are, and proved whole.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  await testDesk.call('practice.start', {})
  const archiveId = await archiveMailbox(testDesk)
  await open(`/archive/${archiveId}`)
  await expect(page.getByRole('option').first()).toBeVisible()
  await look('archive-overview')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.keyboard.press('j')
  await expect(page.getByRole('article')).toBeVisible()
  await look('archive-message-dark')
  await page.getByText('Source', { exact: true }).click()
  await expect(page.getByText(/^Return-Path|^From:|^X-/m).first()).toBeVisible()
  await look('archive-source-dark')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Verify archive' }).click()
  await expect(page.getByText(/\d+ messages read and compared, all whole/)).toBeVisible({ timeout: 30_000 })
  await look('archive-verified-dark')
})

/** Puts messages into a mailbox of the practice company, as any mail program does. */
async function deliver(testDesk: TestDesk, messages: readonly Buffer[]): Promise<void> {
  await testDesk.call('practice.start', {})
  const { users, caPem } = await testDesk.call('practice.access', {})
  const user = users.find((one) => one.address === address)
  if (user === undefined) throw new Error(`${address} is not at the practice company.`)
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: user.imap.port,
    servername: user.imap.host,
    secure: user.imap.security === 'tls',
    tls: { ca: caPem },
    auth: { user: user.username, pass: user.password },
    logger: false,
  })
  await client.connect()
  for (const message of messages) await client.append('INBOX', message)
  await client.logout()
}

async function archiveMailbox(testDesk: TestDesk): Promise<string> {
  const { mailboxes } = await testDesk.call('accounts.listMailboxes', { text: address })
  const { archiveId } = await testDesk.call('archive.create', { name: 'Dana' })
  const mailboxId = mailboxes[0]?.mailboxId ?? ''
  const { runId } = await testDesk.call('archive.pull', { archiveId, mailboxId })
  await testDesk.finished(runId)
  return archiveId
}
