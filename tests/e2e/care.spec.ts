import { expect, test } from '../helpers/console-test.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

const full = 'youssef.haddad@lanternquay.example'
const other = 'dana.levy@lanternquay.example'

test('Without a mailbox, the place says what it is for and takes the first step.', async ({ open, look }) => {
  const page = await open('/care')
  await expect(page.getByText('No mailbox yet')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Go to People' })).toBeVisible()
  await look('care-empty')
})

test('A full mailbox is scanned, stands first, and says what is wrong, who must act and what to do.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  const mailboxId = await practise(testDesk, full)
  await open(`/care/${mailboxId}`)
  await expect(page.getByText('This mailbox was not scanned yet')).toBeVisible()
  await look('care-never-scanned')
  await page.getByRole('button', { name: 'Scan mailbox' }).first().click()
  await expect(page.getByText('This mailbox is full: new mail is refused or bounces.')).toBeVisible()
  await look('care-storage')
  await page.getByRole('option').first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('option').nth(1)).toBeFocused()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByRole('tab', { name: 'Largest' }).click()
  await expect(page.getByRole('table', { name: 'Largest' }).getByRole('row').nth(1)).toBeVisible()
  await look('care-largest-dark')
  await page.setViewportSize({ width: 720, height: 900 })
  await page.goto(new URL('/care', page.url()).href)
  await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText(full)
  await expect(page.getByRole('meter')).toHaveAttribute('aria-valuenow', '100')
  await look('care-list-narrow-dark')
})

test('A plan is previewed, carried out and undone, and each screen says what was done.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  test.setTimeout(120_000)
  const mailboxId = await practise(testDesk, other)
  await testDesk.call('archive.create', { name: 'Cleaned up' })
  await open(`/care/plans?new=1&mailbox=${mailboxId}`)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Older than (days)').fill('0')
  await dialog.getByLabel('Attachments over (MB)').fill('0')
  await expect(dialog.getByText('Name at least one condition')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Save plan' })).toBeDisabled()
  await dialog.getByLabel('Older than (days)').fill('20')
  await look('care-plan-form')
  await dialog.getByRole('button', { name: 'Save plan' }).click()
  await look('care-plans')
  await page.getByRole('button', { name: 'Preview plan' }).click()
  await expect(page.getByRole('heading', { name: /would be removed; nothing was changed/ })).toBeVisible()
  await look('care-preview')
  await page.getByRole('button', { name: /^Archive and remove/ }).click()
  await look('care-confirm')
  await dialog.getByRole('button', { name: /^Archive and remove/ }).click()
  await expect(page.getByRole('heading', { name: /archived, proved and removed/ })).toBeVisible({
    timeout: 30_000,
  })
  await look('care-removed')
  await page.getByRole('button', { name: /^Put back/ }).click()
  await expect(page.getByRole('heading', { name: /messages? \(.*\) put back/ })).toBeVisible({
    timeout: 30_000,
  })
  await look('care-put-back')
})

test('Mail in junk is found from a ticket, moved back with its reason, and linked.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  test.setTimeout(120_000)
  const mailboxId = await practise(testDesk, other)
  const { ticketId } = await testDesk.call('tickets.open', {
    subject: 'A mail is missing',
    requester: { name: 'Dana', email: other, personId: null },
    mailboxId,
  })
  await open(`/queue/${ticketId}`)
  await page.getByRole('link', { name: 'Find in junk' }).click()
  await page.getByLabel('Sender').fill('lottery')
  await page.getByRole('button', { name: 'Look through junk' }).click()
  const found = page.getByRole('table', { name: 'Found' })
  await expect(found.getByRole('row').nth(1)).toBeVisible()
  await found
    .getByRole('button', { name: /lottery|overdue|deleted/ })
    .first()
    .click()
  await expect(page.getByLabel('Header of the message', { exact: true })).toContainText('From:')
  await look('care-junk-found')
  await found.getByRole('checkbox').first().check()
  await page.getByRole('button', { name: 'Move 1 message back' }).click()
  await page.getByRole('dialog').getByLabel('Why it is not junk').fill('Asked for by Dana')
  await look('care-junk-move')
  await page.getByRole('dialog').getByRole('button', { name: 'Move 1 message back' }).click()
  const recoveries = page.getByRole('table', { name: 'Moved out of junk' })
  await expect(recoveries).toContainText('Asked for by Dana')
  await recoveries.getByRole('button', { name: 'Move back to junk' }).click()
  await expect(recoveries).toContainText('Moved back')
  await look('care-junk-undone')
  await page.getByRole('link', { name: 'Go to the ticket' }).click()
  await expect(page.getByText('Recovered from junk').first()).toBeVisible()
})

/** Starts the practice company; gives the id of one of its mailboxes. */
async function practise(testDesk: TestDesk, address: string): Promise<string> {
  await testDesk.call('practice.start', {})
  const { mailboxes } = await testDesk.call('accounts.listMailboxes', { text: address })
  return mailboxes[0]?.mailboxId ?? ''
}
