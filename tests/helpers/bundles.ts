import { generateKeyPairSync, sign } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { ExportReport } from '../../core/archive/reports.ts'
import type { ExportOptions } from '../../main/features/archive/bundle/export.ts'
import { openZip } from '../../main/features/archive/bundle/zip-reader.ts'
import type { ArchiveThread } from '../../main/features/archive/worker/functions.ts'
import { fingerprintOf } from '../../main/features/signing/index.ts'

/** A key that signs, as the desk's own does. */
export function testSigner() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const identity = { publicKeyPem, fingerprint: fingerprintOf(publicKeyPem) ?? '' }
  const signatureOf = (bytes: Uint8Array) => ({
    ...identity,
    signatureBase64: sign(null, bytes, privateKey).toString('base64'),
  })
  return { identity, signatureOf }
}

/** Exports as the desk does: the thread packs, and signs nothing itself. */
export async function exportBundle(
  thread: ArchiveThread,
  root: string,
  options: Pick<ExportOptions, 'file'> & Partial<Omit<ExportOptions, 'card' | 'signer'>>,
  signer: ReturnType<typeof testSigner> | null = null,
): Promise<Omit<ExportReport, 'notSigned'>> {
  const whole: Omit<ExportOptions, 'card'> = {
    selection: { kind: 'folders', folderIds: [] },
    format: 'mboxrd',
    note: 'asked for by audit',
    createdBy: 'test',
    createdAtMs: 1_700_000_000_000,
    splitBytes: null,
    encryption: null,
    humanIndex: true,
    custody: {
      handedOverBy: { name: 'Ana Lima', nameFrom: 'typed', osUser: 'ana' },
      chosen: 'The whole archive: all folders of all its mailboxes.',
    },
    setId: 'set-1',
    ...options,
    signer: signer?.identity ?? null,
  }
  try {
    let step = await thread.call('startExport', [root, whole])
    while (step.toSign !== null) {
      if (signer === null) throw new Error('Nobody was asked to sign')
      step = await thread.call('goOnWithExport', [signer.signatureOf(step.toSign)])
    }
    return step.report
  } finally {
    await thread.call('endExport', [])
  }
}

/** All files of a zip. */
export async function readZip(file: string, secret: string | null = null): Promise<Map<string, Buffer>> {
  const zip = await openZip(file, secret)
  const files = new Map<string, Buffer>()
  for (const [name, sizeBytes] of zip.files) {
    const chunks: Buffer[] = []
    for await (const chunk of zip.read(name, sizeBytes)) chunks.push(chunk)
    files.set(name, Buffer.concat(chunks))
  }
  zip.close()
  return files
}

/** A zip of these files. */
export async function writeZip(file: string, content: ReadonlyMap<string, Buffer>): Promise<void> {
  const zip = new ZipFile()
  for (const [name, bytes] of content) zip.addBuffer(bytes, name)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(file))
}
