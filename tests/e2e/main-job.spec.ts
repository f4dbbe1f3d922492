import { test, expect } from '../helpers/console-test.ts'
import {
  archiveMailbox,
  checkBundleWithoutMailDesk,
  correctIncomingServer,
  exportBundle,
  finding,
  noteReplyAndSolve,
  openMessage,
  startPracticeCompany,
  takeTicketByKeyboard,
  verifyBundle,
} from '../helpers/main-job.ts'

const subject = /Mail does not work on my new phone/
const reply =
  'Ana, the name of the incoming server was mistyped. It is right now, and your mail is coming in.'

test('A technician diagnoses, fixes and answers a ticket, archives the mailbox and hands over a bundle.', async ({
  open,
  look,
  page,
}, info) => {
  test.setTimeout(240_000)
  const elsewhere: string[] = []
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') elsewhere.push(request.url())
  })

  await test.step('from the first screen to a queue of real problems', async () => {
    await open('/')
    await startPracticeCompany(page)
    await look('1-queue')
  })

  await test.step('take a ticket by keyboard', async () => {
    await takeTicketByKeyboard(page, 'on my new phone', subject)
    await look('2-ticket')
  })

  await test.step('diagnose the requester’s mailbox: one cause, and who must act', async () => {
    await page.getByRole('link', { name: 'Diagnose this mailbox' }).click()
    const found = await finding(page)
    await expect(found).toContainText('imap.lanternquay.example')
    await expect(found).toContainText('The user’s device')
    await look('3-finding')
  })
  const firstRun = page.url()

  await test.step('fix it under People', async () => {
    await correctIncomingServer(page, 'imap.lanternquay.example')
    await look('4-person')
  })

  await test.step('run it again: healthy', async () => {
    await page.goto(firstRun)
    await finding(page)
    await page.getByRole('button', { name: 'Run again' }).click()
    await expect(page).not.toHaveURL(firstRun)
    await finding(page)
    await expect(page.getByRole('region', { name: 'Pass' })).toBeVisible()
    await look('5-healthy')
    await page.getByRole('tab', { name: 'What changed' }).click()
    await look('5-what-changed')
  })

  await test.step('the evidence is with the ticket: write a note, answer and solve', async () => {
    await page.getByRole('link', { name: 'Go to the ticket' }).click()
    await expect(page.getByRole('log', { name: 'Conversation' }).getByText('linked evidence')).toHaveCount(2)
    await noteReplyAndSolve(page, 'The name was typed from memory.', reply)
    await expect(page.getByText('Accepted by the mail server', { exact: true })).toBeVisible({
      timeout: 30_000,
    })
    await look('6-solved')
  })

  await test.step('archive the mailbox, and read in it the reply that was sent', async () => {
    await page.getByRole('link', { name: 'Archive mailbox' }).click()
    await archiveMailbox(page)
    await look('7-archived')
    const reader = await openMessage(page, 'Mail does not work on my new phone')
    await expect(reader).toContainText(reply)
    await look('8-message')
  })

  await test.step('export a bundle and verify it, with Mail Desk and without', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox', { name: 'Find in headers, text and attachments' }).fill('')
    const bundle = await exportBundle(page, info.outputDir, 'Handed to the administrator, case 1')
    await look('9-exported')
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Archive' }).click()
    await verifyBundle(page, bundle)
    await look('10-verified')
    const lines = await checkBundleWithoutMailDesk(bundle, info.outputPath('handed-over'))
    expect(lines.filter((line) => !line.endsWith(': OK'))).toEqual([])
  })

  expect(elsewhere).toEqual([])
})
