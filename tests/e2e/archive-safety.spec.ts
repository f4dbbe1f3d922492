import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../helpers/console-test.ts'
import { fillArchive } from '../helpers/archive.ts'
import { makeMessage } from '../helpers/messages.ts'
import type { TestDesk } from '../helpers/test-desk.ts'

async function makeFilled(desk: TestDesk): Promise<{ readonly archiveId: string; readonly path: string }> {
  const { archiveId, path } = await desk.call('archive.create', { name: 'Harbour office', encryption: 'off' })
  await fillArchive(
    path,
    'INBOX',
    Array.from({ length: 30 }, (_, n) => makeMessage(n)),
  )
  return { archiveId, path }
}

function damage(path: string): void {
  const pack = join(path, 'packs', readdirSync(join(path, 'packs'))[0] ?? '')
  const bytes = readFileSync(pack)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 0x10
  writeFileSync(pack, bytes)
}

test('A second copy is made, damage is found, named and repaired from it, and the history says so.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  test.setTimeout(120_000)
  const { archiveId, path } = await makeFilled(testDesk)
  await open(`/archive/${archiveId}/safety`)
  await expect(page.getByText('Nobody has read this archive back yet.')).toBeVisible()
  await look('safety-never')

  await page.getByRole('button', { name: 'Add a copy' }).click()
  await page
    .getByRole('dialog')
    .getByLabel('Folder')
    .fill(join(testDesk.dataDir, 'nas', 'harbour'))
  await look('safety-add-copy')
  await page.getByRole('dialog').getByRole('button', { name: 'Make the copy' }).click()
  await expect(page.getByText('In step', { exact: true })).toBeVisible({ timeout: 30_000 })

  damage(path)
  await page.getByRole('button', { name: 'Verify now' }).click()
  await expect(page.getByRole('heading', { name: '1 damaged place found.' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('the message cannot be unpacked').first()).toBeVisible()
  await look('safety-damaged')

  await page.getByRole('button', { name: 'Repair', exact: true }).click()
  await expect(page.getByText('Put right')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Verify now' }).click()
  await expect(page.getByText(/Every byte was read and matched on .*: 30 messages/)).toBeVisible({
    timeout: 30_000,
  })
  await look('safety-whole')

  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByText('The chain holds')).toBeVisible()
  await expect(page.getByText(/repaired from the second copy/)).toBeVisible()
  await look('archive-history')
})

test('An archive that is gone goes on in its copy.', async ({ open, look, page, testDesk }) => {
  test.setTimeout(120_000)
  const { archiveId, path } = await makeFilled(testDesk)
  const { copyId } = await testDesk.call('archive.addCopy', {
    archiveId,
    path: join(testDesk.dataDir, 'usb', 'copy'),
  })
  await testDesk.finished((await testDesk.call('archive.syncCopy', { copyId })).runId)
  rmSync(path, { recursive: true })
  await open(`/archive/${archiveId}/safety`)
  await expect(page.getByText('There, while the archive itself is not')).toBeVisible()
  await look('safety-gone')
  await page.getByRole('button', { name: 'Use this copy instead' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Use this copy instead' }).click()
  await expect(page.getByText('There is one copy of this mail.')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: 'Mail', exact: true }).click()
  await expect(page.getByText('30 messages').first()).toBeVisible({ timeout: 30_000 })
})

test('Today names damage and leads to the repair; an archive that is whole is no news.', async ({
  open,
  look,
  page,
  testDesk,
}) => {
  test.setTimeout(120_000)
  await testDesk.call('practice.start', {})
  const { archiveId, path } = await makeFilled(testDesk)
  await testDesk.finished((await testDesk.call('archive.verify', { archiveId })).runId)
  await open('/today')
  await expect(page.getByText('Needs somebody now')).toBeVisible()
  await expect(page.getByText(/Harbour office/)).toHaveCount(0)
  damage(path)
  await testDesk.finished((await testDesk.call('archive.verify', { archiveId })).runId)
  await expect(page.getByText('“Harbour office” is damaged')).toBeVisible({ timeout: 30_000 })
  await look('today-damaged')
  await page.getByRole('link', { name: 'Repair the archive' }).click()
  await expect(page.getByRole('heading', { name: '1 damaged place found.' })).toBeVisible()
})
