import { join } from 'node:path'
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

test('an archive that stands well, restored, rehearsed and kept up', async ({ open, page, testDesk }) => {
  test.setTimeout(180_000)
  const { archiveId, mailboxId } = await keptArchive(testDesk)
  await open(`/archive/${archiveId}`)
  await expect(page.getByText(/^Passed:/)).toBeVisible()
  await take(page, 'archive-standing')
  await open(`/archive/${archiveId}/safety`)
  await expect(page.getByText('In step', { exact: true })).toBeVisible()
  await take(page, 'safety')
  await open(`/archive/${archiveId}/restore`)
  await expect(page.getByRole('heading', { name: /^Passed/ })).toBeVisible()
  await take(page, 'drill')
  await page.getByRole('button', { name: 'Restore mail' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Mailbox' }).fill('dana')
  await page.getByRole('option', { name: /dana\.levy/ }).click()
  await expect(page.getByRole('dialog').getByText('Will be made').first()).toBeVisible()
  await take(page, 'restore')
  await open(`/archive/${archiveId}/retention`)
  await expect(page.getByText('Ten years of mail that was sent')).toBeVisible()
  await take(page, 'retention')
  await open('/schedules')
  await expect(page.getByText('Read an archive through for damage')).toBeVisible()
  await take(page, 'schedules')
  await open(`/care/${mailboxId}`)
  await expect(page.getByText('This mailbox is full: new mail is refused or bounces.')).toBeVisible()
  await take(page, 'care')
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

/** An archive of a full mailbox: checked, copied, rehearsed, with a rule and a schedule; its mailbox is scanned. */
async function keptArchive({ call, finished, dataDir }: TestDesk) {
  const { people } = await call('practice.start', {})
  const mailboxOf = (address: RegExp) =>
    people.find((person) => address.test(person.address))?.mailboxId ?? ''
  const mailboxId = mailboxOf(/^youssef/)
  const { archiveId } = await call('archive.create', { name: 'Sales office' })
  await call('archive.noteRecoveryKey', { archiveId })
  for (const one of [mailboxId, mailboxOf(/^dana/)])
    await finished((await call('archive.pull', { archiveId, mailboxId: one })).runId)
  await finished((await call('archive.verify', { archiveId })).runId)
  const { copyId } = await call('archive.addCopy', { archiveId, path: join(dataDir, 'second disk', 'Sales') })
  await finished((await call('archive.syncCopy', { copyId })).runId)
  const target = { kind: 'files', path: join(dataDir, 'drill'), format: 'eml' } as const
  await finished((await call('restore.drill', { archiveId, target })).runId)
  await call('archive.saveRule', {
    ...{ archiveId, ruleId: null, name: 'Ten years of mail that was sent', olderThanDays: 3650 },
    ...{ criteria: { folders: ['Sent'] }, ageOf: 'date', onlyGone: false, bySchedule: false },
  })
  await call('schedules.create', {
    ...{ kind: 'archive.scrub', target: { archiveId, mailboxIds: [], planId: null } },
    ...{ recurrence: { every: 'week', weekdays: [6], atMinute: 22 * 60 }, window: null },
    ...{ onBattery: false, onMetered: true, enabled: true },
  })
  await finished((await call('care.scan', { mailboxId })).runId)
  return { archiveId, mailboxId }
}
