import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, test } from '../helpers/console-test.ts'
import { finding } from '../helpers/main-job.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

const folder = new URL('../../docs/screenshots/', import.meta.url)
const take = (page: Page, name: string) =>
  page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) })

const subject = /Mail does not work on my new phone/

test.beforeEach(async ({ testDesk }) => {
  await testDesk.call('settings.update', {
    operatorName: 'Noor Haddad',
    operatorEmail: 'noor@helpdesk.example',
  })
})

test('the first screen', async ({ open }) => {
  const page = await open('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome to Mail Desk')
  await take(page, 'welcome')
})

test('a case from ticket to archive', async ({ open, page, testDesk }) => {
  await testDesk.call('practice.start', {})
  const { ticketId, mailboxId } = await workedCase(testDesk)
  await open(`/queue/${ticketId}`)
  await expect(page.getByText('Accepted by the mail server', { exact: true })).toBeVisible({
    timeout: 30_000,
  })
  await take(page, 'queue')
  await open('/diagnose')
  await page.getByRole('option', { name: /imao/ }).click()
  await finding(page)
  await take(page, 'finding')
  await page.getByRole('link', { name: 'Change the mailbox’s settings' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Check sign-in' })).toBeVisible()
  await take(page, 'person')
  await open('/practice')
  await page.getByRole('option', { name: /The password that was right yesterday/ }).click()
  await page.getByRole('button', { name: /^Phone/ }).click()
  await expect(page.getByText(/It is \w+-\w+-\d{4} now/)).toBeVisible()
  await take(page, 'practice')
  await open('/today')
  await expect(page.getByText(/without a technician/)).toBeVisible()
  await take(page, 'today')
  const archiveId = await archived(testDesk, mailboxId)
  await open(`/archive/${archiveId}`)
  await expect(page.getByText(/messages written to/)).toBeVisible()
  await take(page, 'archive')
})

test('servers found from an address', async ({ open, page, testDesk }) => {
  await testDesk.call('practice.start', {})
  await open('/people?add=1')
  await page.getByRole('textbox', { name: /E-mail address/ }).fill('new.colleague@lanternquay.example')
  await page.getByRole('textbox', { name: /^Name/ }).fill('New Colleague')
  await page.getByRole('button', { name: 'Find servers' }).click()
  await expect(page.getByText('Best', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Stop looking' })).toBeHidden({ timeout: 60_000 })
  await take(page, 'discovery')
})

/** Ana's case, worked through the contract: diagnosed, put right, diagnosed again, noted and answered. */
async function workedCase(testDesk: TestDesk) {
  const { call, finished } = testDesk
  const { tickets } = await call('tickets.list', { text: 'on my new phone' })
  const ticketId = tickets.find((ticket) => subject.test(ticket.subject))?.ticketId ?? ''
  await call('tickets.assign', { ticketId, assignee: 'me' })
  const mailboxId = (await call('tickets.get', { ticketId })).mailboxId ?? ''
  const diagnose = async () => {
    const { runId } = await call('diagnostics.start', { target: { kind: 'mailbox', mailboxId }, ticketId })
    await finished(runId)
  }
  await diagnose()
  const { mailbox } = await call('accounts.getMailbox', { mailboxId })
  if (mailbox.imap === null) throw new Error('Ana has no incoming server.')
  await call('accounts.editMailbox', {
    mailboxId,
    imap: { ...mailbox.imap, host: 'imap.lanternquay.example' },
  })
  await diagnose()
  await call('tickets.note', {
    ticketId,
    body: 'The server name was typed from memory: imao instead of imap.',
  })
  await call('tickets.reply', {
    ticketId,
    body: 'Dear Ana,\nthe name of the incoming server was mistyped. It is right now, and your mail is coming in.\nNoor',
  })
  return { ticketId, mailboxId }
}

async function archived({ call, finished }: TestDesk, mailboxId: string): Promise<string> {
  const { archiveId } = await call('archive.create', { name: 'Ana Lima' })
  await finished((await call('archive.pull', { archiveId, mailboxId })).runId)
  await finished((await call('archive.verify', { archiveId })).runId)
  await finished(
    (
      await call('archive.export', {
        archiveId,
        selection: { kind: 'folders', folderIds: [] },
        note: 'Case 1',
      })
    ).runId,
  )
  return archiveId
}
