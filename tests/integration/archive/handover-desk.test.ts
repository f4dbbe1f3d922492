import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { samples, writeSample, zipSample } from '../../helpers/import-samples.ts'
import { missingKeychain } from '../../helpers/keychains.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'

describe('mail brought in and handed over through the contract', { timeout: 60_000 }, () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'handover-desk-'))
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const runsOf = (desk: TestDesk) => async (started: { readonly runId: string }) => {
    const job = await desk.finished(started.runId)
    const { report } = await desk.call('archive.report', { runId: started.runId })
    return { job, report }
  }

  it('is previewed, imported, exported, signed and encrypted, checked and opened', async () => {
    await using desk = await createTestDesk()
    const reportOf = runsOf(desk)
    const path = await zipSample(join(folder, 'takeout.zip'), samples.takeout)
    const { archiveId } = await desk.call('archive.create', { name: 'Old mail' })
    const preview = await desk.call('archive.inspectImport', { path })
    const imported = await reportOf(await desk.call('archive.import', { archiveId, path }))
    const secret = 'correct horse battery'
    const exported = await desk.call('archive.export', {
      archiveId,
      selection: { kind: 'folders' as const, folderIds: [] },
      destination: join(folder, 'out.zip'),
      encrypt: { kind: 'passphrase', passphrase: secret },
      handedOverBy: 'Ana Lima',
    })
    const { report: made } = await reportOf(exported)
    const { fingerprint } = await desk.call('signing.status', {})
    const { report: checked } = await reportOf(
      await desk.call('archive.verifyBundle', { path: exported.path, secret, fingerprint }),
    )
    await expect(desk.call('archive.open', { path: exported.path })).rejects.toMatchObject({
      code: 'bundle.locked',
    })
    const opened = await desk.call('archive.open', { path: exported.path, secret })
    expect({
      preview: [preview.kind, preview.messages, preview.source],
      imported: [imported.report.kind, imported.job.outcome],
      made: made.kind === 'export' && [made.path, made.encryption, made.signedBy === fingerprint],
      checked: checked.kind === 'bundle' && [checked.problems, checked.signature, checked.encrypted],
      opened: [opened.kind, opened.messageCount],
    }).toEqual({
      preview: ['takeout', 3, 'ana@b.example'],
      imported: ['import', `Imported 3 messages (614 bytes) into 1 folder from ${path} (Google Takeout).`],
      made: [join(folder, 'out.zip.age'), 'passphrase', true],
      checked: [[], { state: 'holds', fingerprint }, true],
      opened: ['bundle', 3],
    })
  })

  it('is exported without a signature where no key can be kept, says so, and refuses when one is demanded', async () => {
    await using desk = await createTestDesk({ keychain: missingKeychain() })
    const reportOf = runsOf(desk)
    const path = writeSample(join(folder, 'eml'), samples.eml)
    const { archiveId } = await desk.call('archive.create', { name: 'Old mail', encryption: 'off' })
    await reportOf(await desk.call('archive.import', { archiveId, path, source: 'Ben@B.example' }))
    const wanted = { archiveId, selection: { kind: 'folders' as const, folderIds: [] } }
    const { report } = await reportOf(await desk.call('archive.export', wanted))
    const { folders } = await desk.call('archive.folders', { archiveId })
    await expect(desk.call('archive.export', { ...wanted, sign: 'always' })).rejects.toMatchObject({
      code: 'secret.store_unavailable',
    })
    await expect(
      desk.call('archive.export', {
        ...wanted,
        encrypt: { kind: 'recipients', recipients: ['age1nonsense'] },
      }),
    ).rejects.toMatchObject({ code: 'usage.invalid' })
    expect([
      report.kind === 'export' && [report.signedBy, report.notSigned],
      folders.map(({ source, path: name }) => [source, name]),
    ]).toEqual([
      [null, 'There is no place to keep passwords yet. Open Settings and set a passphrase for the vault.'],
      [
        ['ben@b.example', 'Project'],
        ['ben@b.example', 'Project/sub'],
      ],
    ])
  })
})
