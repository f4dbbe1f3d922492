import { expect, test } from '../helpers/console-test.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

const requester = { name: 'ליאור כהן', email: 'lior@harbour.example', personId: null }

const openTicket = (testDesk: TestDesk, subject: string) =>
  testDesk.call('tickets.open', { subject, description: 'Since Monday.', requester })

test.beforeEach(async ({ testDesk }) => {
  await testDesk.call('settings.update', { operatorName: 'Mara', operatorEmail: 'mara@desk.example' })
})

test('A queue of thousands is triaged with the keyboard alone.', async ({ open, look, testDesk }) => {
  const { runId } = await testDesk.call('tickets.seed', { count: 2000, seed: 3 })
  await testDesk.finished(runId)
  const { ticketId } = await openTicket(testDesk, 'Outlook keeps asking for the password')
  const page = await open('/queue')
  await expect(page.getByText('2,001 tickets')).toBeVisible()
  await look('queue')
  await page.keyboard.press('j')
  await expect(page.getByRole('heading', { name: 'Outlook keeps asking' })).toBeVisible()
  await page.keyboard.press('i')
  await expect(page.getByRole('button', { name: 'Assignee: Mara (me)' })).toBeVisible()
  await page.keyboard.press('#')
  await look('queue-status-menu')
  await page.getByRole('menuitem', { name: 'Pending' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Status: Pending' })).toBeVisible()
  await page.keyboard.press('u')
  await expect(page.getByRole('button', { name: 'Status: Open' })).toBeVisible()
  const ticket = await testDesk.call('tickets.get', { ticketId })
  expect([ticket.status, ticket.assignee?.name]).toEqual(['open', 'Mara'])
})

test('A reply and a note cannot be taken for each other, and nothing typed is lost.', async ({
  open,
  look,
  testDesk,
}) => {
  const { ticketId } = await openTicket(testDesk, 'Mailbox is full')
  const page = await open(`/queue/${ticketId}`)
  await page.getByRole('heading', { name: 'Mailbox is full' }).waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type('There is room again.')
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await page.keyboard.type('He was upset.')
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Internal note' })).toHaveValue('He was upset.')
  await look('ticket-note-draft')
  await page.getByRole('textbox', { name: 'Internal note' }).press('Control+Enter')
  await expect(page.getByText('stays at this desk', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('r')
  await expect(page.getByRole('textbox', { name: 'Public reply' })).toHaveValue('There is room again.')
  await page.getByRole('button', { name: 'Send reply' }).click()
  await expect(page.getByText('Queued, not sent yet')).toBeVisible()
  await expect(page.getByText('No helpdesk mailbox is chosen')).toBeVisible()
  await look('ticket-reply-queued')
  const kinds = (await testDesk.call('tickets.get', { ticketId })).timeline.map((entry) => entry.kind)
  expect(kinds).toEqual(['request', 'internal_note', 'public_reply'])
})

test('Many tickets are changed at once, and taken back at once.', async ({ open, look, testDesk }) => {
  for (const subject of ['One', 'Two', 'Three']) await openTicket(testDesk, subject)
  const page = await open('/queue?view=unassigned')
  await expect(page.getByRole('option')).toHaveCount(3)
  for (const key of ['j', 'x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await expect(page.getByText('3 tickets selected')).toBeVisible()
  await look('queue-selected')
  await page.keyboard.press('#')
  await page.getByRole('menuitem', { name: 'Solved' }).click()
  await expect(page.getByText('3 tickets set to solved.')).toBeVisible()
  await expect(page.getByText('No ticket is here')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('option')).toHaveCount(3)
})

test('A search finds what was said, letter by letter, and the address keeps it.', async ({
  open,
  look,
  testDesk,
}) => {
  await openTicket(testDesk, 'Printer sends no scans')
  const { ticketId } = await openTicket(testDesk, 'Mailbox is full')
  await testDesk.call('tickets.note', { ticketId, body: 'Quota was raised by the provider.' })
  const page = await open('/queue')
  await expect(page.getByRole('option')).toHaveCount(2)
  await page.keyboard.press('/')
  await page.keyboard.type('quota was rai')
  await expect(page.getByRole('option')).toHaveCount(1)
  await look('queue-search')
  await expect(page).toHaveURL(/q=quota\+was\+rai/)
  await page.reload()
  await expect(page.getByRole('searchbox', { name: 'Search tickets' })).toHaveValue('quota was rai')
  await expect(page.getByRole('option')).toHaveCount(1)
})

test('A new ticket is opened, its draft is kept until then, and its history tells who did what.', async ({
  open,
  look,
}) => {
  const page = await open('/queue/new')
  await page.getByLabel('Subject').fill('Cannot send to one customer')
  await page.getByLabel('Requester’s e-mail address').fill('bo@harbour.example')
  await page.reload()
  await expect(page.getByLabel('Subject')).toHaveValue('Cannot send to one customer')
  await look('ticket-new')
  await page.getByRole('button', { name: 'Open ticket' }).click()
  await expect(page.getByRole('heading', { name: 'Cannot send to one customer' })).toBeVisible()
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByText('opened the ticket')).toBeVisible()
  await look('ticket-history')
  await page.setViewportSize({ width: 1024, height: 720 })
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(page.getByRole('dialog', { name: 'Details' }).getByText('bo@harbour.example')).toBeVisible()
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('ticket-narrow-dark')
})
