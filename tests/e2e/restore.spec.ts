import { expect, test } from '../helpers/console-test.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

const address = 'dana.levy@lanternquay.example'

test('Mail is restored: looked at first, then done, then taken back.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  test.setTimeout(120_000)
  const archiveId = await archiveMailbox(testDesk)
  await open(`/archive/${archiveId}`)
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await look('restore-dialog')
  await dialog.getByRole('combobox', { name: 'Mailbox' }).fill('dana')
  await page.getByRole('option', { name: new RegExp(address) }).click()
  await expect(
    dialog.getByText('It fits into the mailbox.').or(dialog.getByText(/does not say how much/)),
  ).toBeVisible()
  await look('restore-preview')
  await dialog.getByRole('button', { name: 'Look first, change nothing' }).click()
  await expect(page.getByRole('heading', { name: /messages? would be restored/ })).toBeVisible()
  await look('restore-dry-run')
  await page.getByRole('button', { name: /^Restore \d+ messages?$/ }).click()
  await expect(page.getByRole('heading', { name: /messages? restored/ })).toBeVisible({ timeout: 30_000 })
  await page.getByText('All messages', { exact: true }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Restored 20' }).first()).toBeVisible()
  await look('restore-done')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByRole('button', { name: /^Remove \d+ messages?$/ }).click()
  await look('restore-undo-dark')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove/ })
    .click()
  await expect(page.getByText('Removed again').or(page.getByLabel('Removed again')).first()).toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByText(/messages of these removed there again/)).toBeVisible()
  await look('restore-undone-dark')
})

test('A drill says what was proved and what was not.', async ({ open, look, page, testDesk }) => {
  test.setTimeout(120_000)
  const archiveId = await archiveMailbox(testDesk)
  await open(`/archive/${archiveId}/restore`)
  await expect(page.getByText('No drill yet.')).toBeVisible()
  await look('drill-none')
  await page.getByRole('button', { name: 'Run a drill' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Mailbox' }).fill('dana')
  await page.getByRole('option', { name: new RegExp(address) }).click()
  await look('drill-dialog')
  await dialog.getByRole('button', { name: 'Run drill' }).click()
  await expect(page.getByRole('heading', { name: /^Passed/ })).toBeVisible({ timeout: 30_000 })
  await look('drill-done')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('drill-done-dark')
  await open(`/archive/${archiveId}`)
  await expect(page.getByText(/came back without one byte changed/)).toBeVisible()
})

async function archiveMailbox(testDesk: TestDesk): Promise<string> {
  await testDesk.call('practice.start', {})
  const { mailboxes } = await testDesk.call('accounts.listMailboxes', { text: address })
  const { archiveId } = await testDesk.call('archive.create', { name: 'Dana', encryption: 'off' })
  const mailboxId = mailboxes[0]?.mailboxId ?? ''
  const { runId } = await testDesk.call('archive.pull', { archiveId, mailboxId })
  await testDesk.finished(runId)
  return archiveId
}
