import { join } from 'node:path'
import { expect, test } from '../helpers/console-test.ts'
import { samples, zipSample } from '../helpers/import-samples.ts'

test('Mail from a Takeout is looked at and imported, handed over signed and encrypted, and checked by its fingerprint.', async ({
  open,
  look,
  testDesk,
}, info) => {
  const zip = await zipSample(join(info.outputPath(), '..', `takeout-${Date.now()}.zip`), samples.takeout)
  const { archiveId } = await testDesk.call('archive.create', { name: 'Old mail', encryption: 'off' })
  const page = await open(`/archive/${archiveId}?overview=1`)
  const dialog = page.getByRole('dialog')

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Import mail' }).click()
  await dialog.getByLabel('Path').fill(zip)
  await dialog.getByRole('button', { name: 'Look what is there' }).click()
  await expect(dialog.getByText(/^Found: Google Takeout, 1 folder, 3 messages/)).toBeVisible()
  await expect(dialog.getByLabel('Whose mail it is')).toHaveValue('ana@b.example')
  await look('import-preview')
  await dialog.getByRole('button', { name: 'Import mail' }).click()
  await expect(page.getByText(/^3 messages new from .*\(Google Takeout\)$/)).toBeVisible({ timeout: 60_000 })
  await look('import-report')

  await page.getByRole('button', { name: 'Export bundle' }).click()
  await expect(dialog.getByRole('switch', { name: 'Sign it' })).toBeChecked()
  await dialog.getByRole('combobox', { name: 'Encryption' }).click()
  await page.getByRole('option', { name: 'With a passphrase' }).click()
  await dialog.getByLabel('Passphrase', { exact: true }).fill('too short')
  await dialog.getByRole('button', { name: 'Export bundle' }).click()
  await expect(dialog.getByText('At least 12 characters.', { exact: true })).toBeVisible()
  await look('export-refused')
  await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse battery')
  await dialog.getByLabel('The same passphrase again').fill('correct horse battery')
  await dialog.getByRole('button', { name: 'Export bundle' }).click()
  const line = page.getByRole('listitem').getByText(/^3 messages written to /)
  await expect(line).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Signed by')).toBeVisible()
  await look('export-report')
  const path = ((await line.textContent()) ?? '').replace(/^3 messages written to /, '')

  await open('/archive?open=1')
  await dialog.getByLabel('Path').fill(path)
  await dialog.getByLabel('Passphrase or age identity').fill('correct horse battery')
  await dialog.getByLabel('Fingerprint that you were told').fill('0'.repeat(64))
  await look('check-bundle')
  await dialog.getByRole('button', { name: 'Verify bundle' }).click()
  await expect(page.getByText('The bundle is signed by another key than the one that was told.')).toBeVisible(
    {
      timeout: 60_000,
    },
  )
  await look('check-report')

  await open('/settings')
  await expect(page.getByText('Ready').first()).toBeVisible()
  await look('settings-signature')
})
