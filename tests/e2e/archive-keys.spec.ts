import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { lastGroupOf } from '../../core/archive/recovery-key.ts'
import { expect, test } from '../helpers/console-test.ts'
import { memoryKeychain, missingKeychain } from '../helpers/keychains.ts'
import { createTestDesk } from '../helpers/test-desk.ts'

test('A new archive is encrypted, its recovery key is shown once and confirmed, tested, and made anew.', async ({
  open,
  look,
  testDesk,
}) => {
  const page = await open('/archive?create=1')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Town hall')
  await expect(dialog.getByRole('switch', { name: 'Encrypt the archive' })).toBeChecked()
  await look('keys-create')
  await dialog.getByRole('button', { name: 'Make archive' }).click()
  const groups = dialog.getByRole('list', { name: 'Recovery key' }).getByRole('listitem')
  await expect(groups).toHaveCount(13)
  const recoveryKey = (await groups.allInnerTexts()).join('-')
  await look('keys-shown-once')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('Recovery key of a mail archive')).toBeVisible()
  await expect(page.getByText(recoveryKey)).toBeVisible()
  await expect(dialog).toBeHidden()
  await look('keys-printed')
  await page.emulateMedia({ media: 'screen' })
  const noted = dialog.getByRole('button', { name: 'I have noted it' })
  await dialog.getByLabel('Type the last group to confirm').fill('AAAAA')
  await expect(noted).toBeDisabled()
  await dialog.getByLabel('Type the last group to confirm').fill(lastGroupOf(recoveryKey).toLowerCase())
  await noted.click()
  await expect(page.getByRole('heading', { name: 'Town hall' })).toBeVisible()
  await expect(page.getByText('Yes. The recovery key is noted; it was not tested yet.')).toBeVisible()
  await look('keys-overview')
  await page.getByRole('link', { name: 'See the keys' }).click()
  await expect(page.getByText('In the keychain of this computer')).toBeVisible()
  await look('keys-panel')

  await page.getByRole('button', { name: 'Test recovery key' }).click()
  await dialog.getByLabel('Recovery key').fill(recoveryKey.replace(/^./, 'U'))
  await dialog.getByRole('button', { name: 'Test key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('There is a typing error in group 1')
  await look('keys-mistyped')
  await dialog.getByLabel('Recovery key').fill(recoveryKey)
  await dialog.getByRole('button', { name: 'Test key' }).click()
  await expect(page.getByText('This recovery key opens the archive.')).toBeVisible()

  await page.getByRole('button', { name: 'New recovery key' }).click()
  await dialog.getByRole('button', { name: 'Make new key' }).click()
  await expect(groups).toHaveCount(13)
  const next = (await groups.allInnerTexts()).join('-')
  await page.keyboard.press('Escape')
  await expect(page.getByText('nobody has said yet that it is noted')).toBeVisible()

  const { archives } = await testDesk.call('archive.list', {})
  const answer = await testDesk
    .call('archive.testRecoveryKey', { archiveId: archives[0]?.archiveId ?? '', recoveryKey })
    .catch((error: unknown) => error)
  expect([next === recoveryKey, answer]).toMatchObject([false, { code: 'archive.recovery_key_wrong' }])
})

test('An archive of another desk asks for its recovery key, and then opens.', async ({
  open,
  look,
  testDesk,
}) => {
  const other = await createTestDesk({ keychain: memoryKeychain() })
  const path = `${other.dataDir}-kept`
  const { archiveId, recoveryKey } = await other.call('archive.create', { name: 'Town hall', path })
  await other.dispose()
  await testDesk.call('archive.open', { path })
  const page = await open(`/archive/${archiveId}`)
  await expect(page.getByText('its key is not on this desk')).toBeVisible()
  await look('keys-unlock')
  await page.getByLabel('Recovery key').fill((recoveryKey ?? '').toLowerCase().replaceAll('-', ' '))
  await page.getByRole('button', { name: 'Unlock archive' }).click()
  await page.getByRole('link', { name: 'See the keys' }).click()
  await expect(page.getByText('In the keychain of this computer')).toBeVisible()
  await look('keys-unlocked')
  await rm(path, { recursive: true })
})

test.describe('without a keychain', () => {
  test.use({ deskOptions: { keychain: missingKeychain() } })

  test('A new archive is plain, and the dialog says why.', async ({ open, look }) => {
    const page = await open('/archive?create=1')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('It will not be encrypted: there is no place here to keep its key.')
    await look('keys-no-keychain')
    await dialog.getByRole('button', { name: 'Make archive' }).click()
    await page.getByRole('link', { name: 'See the keys' }).click()
    await expect(page.getByText('Not encrypted', { exact: true })).toBeVisible()
    await look('keys-plain')
  })
})

test('The plain folder that is left after encrypting is named, and deleted when asked for.', async ({
  open,
  look,
  testDesk,
}) => {
  const { archiveId, path } = await testDesk.call('archive.create', { name: 'Town hall', encryption: 'off' })
  const { runId } = await testDesk.call('archive.encrypt', { archiveId })
  await testDesk.finished(runId)
  const page = await open(`/archive/${archiveId}`)
  await expect(page.getByText(`The mail is still readable by anyone in ${path}.`)).toBeVisible()
  await look('left-folder-overview')
  await page.getByRole('link', { name: 'See what to do' }).click()
  await page.getByRole('button', { name: 'Delete this folder' }).click()
  await expect(page.getByRole('dialog')).toContainText(`${path} is deleted.`)
  await look('left-folder-confirm')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete this folder' }).click()
  await expect(page.getByText('Folders from before')).toBeHidden()
  expect(existsSync(path)).toBe(false)
})
