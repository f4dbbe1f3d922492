import type { Page } from '@playwright/test'
import { expect, test } from '../helpers/console-test.ts'
import { finding } from '../helpers/main-job.ts'
import { listen } from '../faults/kit/sockets.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

/** Starts the practice company, and gives the mailbox of one of its people. */
async function mailboxOf(testDesk: TestDesk, text: string) {
  await testDesk.call('practice.start', {})
  const { mailboxes } = await testDesk.call('accounts.listMailboxes', { text })
  const { mailbox } = await testDesk.call('accounts.getMailbox', { mailboxId: mailboxes[0]!.mailboxId })
  return mailbox
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

test('A mailbox of the desk is diagnosed, and every step opens to what was said.', async ({
  open,
  look,
  testDesk,
}) => {
  const { address } = await mailboxOf(testDesk, 'misaki')
  const page = await open('/diagnose')
  await expect(page.getByText('No diagnosis yet')).toBeVisible()
  await look('diagnose-start')
  await choose(page, 'Mailbox', new RegExp(address))
  await page.getByRole('button', { name: 'Start diagnosis' }).click()
  const found = await finding(page)
  await expect(found).toContainText('refuses the user name or the password')
  await expect(found).toContainText('The account')
  await look('diagnose-finding')

  await page.getByRole('button', { name: /^Sign-in for reading/ }).click()
  const transcript = page.getByLabel('Transcript, without secrets', { exact: true })
  await expect(transcript).toContainText('[redacted]')
  await look('diagnose-step-open')

  await page.emulateMedia({ colorScheme: 'dark' })
  await look('diagnose-finding-dark')
})

test('The report of a run is copied by its key, and a ticket is opened from it.', async ({
  open,
  testDesk,
  context,
}) => {
  const mailbox = await mailboxOf(testDesk, 'misaki')
  const { runId } = await testDesk.call('diagnostics.start', {
    target: { kind: 'mailbox', mailboxId: mailbox.mailboxId },
  })
  await testDesk.finished(runId)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await open(`/diagnose/${runId}`)
  await finding(page)
  await page.keyboard.press('c')
  await expect(page.getByText('The report is on the clipboard.')).toBeVisible()
  const { text } = await testDesk.call('diagnostics.report', { runId })
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  await page.getByRole('link', { name: 'Open a ticket' }).click()
  await expect(page).toHaveURL(new RegExp(`/queue/new\\?diagnosis=${runId}$`))
})

test('Another server is tried with what an earlier run knew; the secret is asked for again.', async ({
  open,
  look,
  testDesk,
}) => {
  const mailbox = await mailboxOf(testDesk, 'misaki')
  const { runId: earlier } = await testDesk.call('diagnostics.start', {
    target: { kind: 'mailbox', mailboxId: mailbox.mailboxId },
  })
  await testDesk.finished(earlier)
  const page = await open(`/diagnose?from=${earlier}`)
  await expect(page.getByLabel('E-mail address')).toHaveValue(mailbox.address)
  await expect(page.getByLabel('Password or token')).toHaveValue('')
  await page.getByLabel('E-mail address').fill('nobody')
  await page.getByRole('button', { name: 'Start diagnosis' }).click()
  await expect(page.getByText('Write a whole address')).toBeVisible()
  await look('diagnose-form-problems')

  await page.getByLabel('E-mail address').fill(mailbox.address)
  await page
    .getByRole('group', { name: 'Receiving: IMAP server' })
    .getByLabel('Server name')
    .fill('nowhere.example')
  await page.getByRole('button', { name: 'Start diagnosis' }).click()
  const found = await finding(page)
  await expect(found).toContainText('The server name nowhere.example is wrong')
  await look('diagnose-ad-hoc')
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page).toHaveURL(/\/diagnose\?from=/)
})

test('A run is cancelled, says so, and keeps what was seen until then.', async ({ open, look, testDesk }) => {
  const mailbox = await mailboxOf(testDesk, 'misaki')
  await using silence = await listen(() => undefined)
  await testDesk.call('accounts.editMailbox', {
    mailboxId: mailbox.mailboxId,
    imap: { ...mailbox.imap!, port: silence.port },
  })
  const page = await open(`/diagnose?mailbox=${mailbox.mailboxId}&start=1`)
  await expect(page.getByText(/^Climbing: \d+ of \d+/)).toBeVisible()
  await look('diagnose-live')
  await page.getByRole('button', { name: 'Cancel the run' }).click()
  await expect(page.getByText('This run was cancelled before it came to a conclusion')).toBeVisible()
  await look('diagnose-cancelled')
})

test('A run that does not exist, and an address that nobody diagnosed, are said so.', async ({
  open,
  look,
}) => {
  const page = await open('/diagnose/nothing')
  await expect(page.getByRole('alert')).toBeVisible()
  await look('diagnose-missing')
})
