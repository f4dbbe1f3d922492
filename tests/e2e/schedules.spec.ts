import { expect, test } from '../helpers/console-test.ts'

test('A schedule is made, runs now, says how it went, and can be removed.', async ({
  open,
  look,
  testDesk,
}) => {
  test.setTimeout(90_000)
  await testDesk.call('practice.start', {})
  await testDesk.call('archive.create', { name: 'Company mail', encryption: 'off' })
  const page = await open('/schedules')
  await expect(page.getByText('Nothing runs by itself yet')).toBeVisible()
  await look('schedules-empty')

  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('dana.levy@lanternquay.example').check()
  await dialog.getByText('Every week', { exact: true }).click()
  await dialog.getByLabel('At what time').fill('25:00')
  await expect(dialog.getByText('A time of day such as 22:00.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Create schedule' })).toBeDisabled()
  await dialog.getByLabel('At what time').fill('23:30')
  await look('schedule-form')
  await dialog.getByRole('button', { name: 'Create schedule' }).click()

  const row = page.getByRole('listitem', { name: /Archive mailboxes/ })
  await expect(row).toContainText('1 mailbox into Company mail')
  await expect(row).toContainText('every Saturday at 23:30')
  await expect(row).toContainText('Never ran')
  await row.getByRole('button', { name: 'Run now' }).click()
  await expect(row).toContainText('new messages', { timeout: 60_000 })
  await look('schedules')

  await row.getByRole('button', { name: /More for/ }).click()
  await page.getByRole('menuitem', { name: 'Remove schedule' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove schedule' }).click()
  await expect(page.getByText('Nothing runs by itself yet')).toBeVisible()
})
