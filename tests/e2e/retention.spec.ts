import { expect, test } from '../helpers/console-test.ts'

test('A rule is simulated, a hold beats it, and what it removes is gone.', async ({
  open,
  look,
  testDesk,
}) => {
  test.setTimeout(120_000)
  const { people } = await testDesk.call('practice.start', {})
  const dana = people.find(({ address }) => address.startsWith('dana.levy'))
  const { archiveId } = await testDesk.call('archive.create', { name: 'Company mail', encryption: 'off' })
  const pulled = await testDesk.call('archive.pull', { archiveId, mailboxId: dana?.mailboxId ?? '' })
  await testDesk.finished(pulled.runId)

  const page = await open(`/archive/${archiveId}/retention`)
  await expect(page.getByText('No rule: everything is kept.')).toBeVisible()
  await page.getByRole('button', { name: 'New rule' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Old sent mail')
  await dialog.getByLabel('Older than, in days').fill('1')
  await expect(dialog.getByRole('button', { name: 'Save rule' })).toBeDisabled()
  await dialog.getByLabel('Folders, with what is below them').fill('Sent')
  await dialog.getByRole('button', { name: 'Save rule' }).click()
  await expect(page.getByText('Mail in Sent and below, older than 1 day.')).toBeVisible()

  await page.getByRole('button', { name: 'Place a hold' }).click()
  await dialog.getByLabel('Name').fill('Case 12')
  await dialog.getByLabel('Why').fill('A customer disputes an invoice.')
  await dialog.getByLabel('Decided by').fill('Ana Lima')
  await dialog.getByLabel('Mail up to').fill('2100-01-01')
  await look('hold-form')
  await dialog.getByRole('button', { name: 'Place hold' }).click()
  await expect(page.getByText('All mail of this archive, up to')).toBeVisible()
  await page.getByRole('button', { name: 'Simulate' }).click()
  await expect(dialog).toContainText('Nothing falls under this rule now.')
  await expect(dialog).toContainText('Case 12')
  await look('retention-held')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Lift hold' }).click()
  await dialog.getByLabel('Why').fill('The case is closed.')
  await dialog.getByLabel('Decided by').fill('Ana Lima')
  await dialog.getByRole('button', { name: 'Lift hold' }).click()
  await expect(page.getByText('No hold.')).toBeVisible()
  await page.getByRole('button', { name: 'Simulate' }).click()
  await look('retention-simulated')
  await dialog.getByRole('button', { name: 'Remove this mail' }).click()
  await dialog.getByLabel('Decided by').fill('Ana Lima')
  await dialog.getByLabel(/Type/).fill('remove')
  await look('retention-confirm')
  await dialog.getByRole('button', { name: 'Remove this mail' }).click()

  const sent = async () => {
    const { folders } = await testDesk.call('archive.folders', { archiveId })
    return folders.find(({ path }) => path === 'Sent')?.messageCount
  }
  await expect.poll(sent, { timeout: 30_000 }).toBeLessThan(40)
  await open(`/archive/${archiveId}/history`)
  await expect(page.getByText(/Ana Lima removed \d+ messages/)).toBeVisible()
  await look('archive-history')
})
