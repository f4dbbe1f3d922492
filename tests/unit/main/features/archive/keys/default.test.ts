import { expect, it } from 'vitest'
import { missingKeychain } from '../../../../../helpers/keychains.ts'
import { createTestDesk } from '../../../../../helpers/test-desk.ts'

it('a new archive is plain where no key can be kept, which is said; and where that was chosen', async () => {
  await using poor = await createTestDesk({ keychain: missingKeychain() })
  await using desk = await createTestDesk()
  const { place, reason } = await poor.call('archive.keyKeeping', {})
  const plain = await poor.call('archive.create', { name: 'Plain' })
  const refused = await poor
    .call('archive.create', { name: 'Sealed', encryption: 'on' })
    .catch((error: unknown) => error)
  const chosen = await desk.call('archive.create', { name: 'Open', encryption: 'off' })
  const made = await desk.call('archive.create', { name: 'Sealed' })
  expect([
    place,
    reason,
    plain.encryption,
    plain.recoveryKey,
    refused,
    chosen.encryption,
    made,
  ]).toMatchObject([
    null,
    'The keychain of this computer cannot be used: There is no D-Bus session.',
    null,
    null,
    { code: 'secret.store_unavailable' },
    null,
    { state: 'ready', encryption: { keyPlace: 'keychain' } },
  ])
})
