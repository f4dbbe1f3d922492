import { expect, test } from '../helpers/console-test.ts'
import { fillArchive, makeArchive } from '../helpers/archive.ts'
import { attach, makePdf } from '../helpers/office-files.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

test('Mail is found while one types, in headers, text and attachments, and what was found is marked.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  const archiveId = await archiveOf(testDesk)
  await open(`/archive/${archiveId}`)
  const field = page.getByRole('searchbox', { name: 'Find in headers, text and attachments' })
  await field.pressSequentially('harb')
  await expect(page.getByText('3 messages found')).toBeVisible()
  await expect(page.locator('mark').first()).toHaveText(/harbour/i)
  await look('search-typing')

  await field.fill('berth ')
  await expect(page.getByText('1 message found')).toBeVisible()
  await expect(page.getByRole('option')).toContainText('In quay-plan.pdf')

  await field.fill('harbour ')
  await page.getByRole('button', { name: 'Narrow to 2024: 1 message' }).click()
  await expect(page.getByText('1 message found')).toBeVisible()
  await expect(field).toHaveValue('harbour on:2024 ')
  expect(new URL(page.url()).searchParams.get('q')).toBe('harbour on:2024 ')
  await look('search-narrowed')

  await field.fill('before:soon')
  await expect(page.getByText('before: wants a date')).toBeVisible()
  await field.fill('nobody wrote this')
  await expect(page.getByText('Nothing found')).toBeVisible()
  await page.getByRole('button', { name: 'How to search' }).click()
  await expect(page.getByText('has:attachment')).toBeVisible()
  await look('search-help')
})

test('A message shows its conversation, and what of it could not be read.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  const archiveId = await archiveOf(testDesk)
  await open(`/archive/${archiveId}?q=${encodeURIComponent('subject:fees ')}&order=newest`)
  await page.getByRole('option').first().click()
  const conversation = page.getByRole('heading', { name: 'Conversation' }).locator('..')
  await expect(conversation.getByRole('button')).toHaveCount(2)
  await conversation.getByRole('button').first().click()
  await expect(page.getByRole('article')).toContainText('The harbour master sent the fees.')
  await look('search-conversation')
  await page.emulateMedia({ colorScheme: 'dark' })
  await open(`/archive/${archiveId}?q=berth`)
  await page.getByRole('option').first().click()
  await expect(page.getByText('The text of report.pdf could not be read: It is damaged')).toBeVisible()
  await look('search-unread-dark')
})

/** An archive with a conversation and files, opened from its folder. */
async function archiveOf(testDesk: TestDesk): Promise<string> {
  const message = (subject: string, year: number, lines: readonly string[], head: readonly string[] = []) =>
    Buffer.from(
      [
        'From: Ben <ben@b.example>',
        'To: Ana <ana@b.example>',
        `Subject: ${subject}`,
        `Date: 3 Mar ${year} 09:00:00 +0000`,
        ...head,
        ...lines,
      ].join('\r\n'),
    )
  const path = makeArchive(testDesk.dataDir, 'Harbour')
  await fillArchive(path, 'INBOX', [
    message('Fees', 2024, ['', 'The harbour master sent the fees.'], ['Message-ID: <1@b.example>']),
    message('Re: Fees', 2025, ['', 'To the harbour office.'], ['In-Reply-To: <1@b.example>']),
    message('Plans', 2025, [
      'Content-Type: multipart/mixed; boundary=edge',
      '',
      '--edge',
      'Content-Type: text/plain',
      '',
      'The harbour plans are here.',
      '--edge',
      ...attach('quay-plan.pdf', 'application/pdf', makePdf(['Berth seven'])),
      '--edge',
      ...attach('report.pdf', 'application/pdf', Buffer.from('%PDF-1.7 and nothing that is one')),
      '--edge--',
    ]),
  ])
  const { archiveId } = await testDesk.call('archive.open', { path })
  await testDesk.searchable(archiveId)
  return archiveId
}
