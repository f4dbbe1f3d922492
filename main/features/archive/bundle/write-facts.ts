import { bundleFiles, formatChecksums, listLacks } from '../../../../core/archive/bundle.ts'
import type { BundleCustody, BundleManifest, BundleSignature } from '../../../../core/archive/bundle.ts'
import type { DeskSignature } from '../../../../core/signing/types.ts'
import { custodyPage } from './custody.ts'
import { frontPage } from './human-index.ts'
import { bundleReadme } from './layout.ts'
import type { BundleFolder, Writing } from './write-part.ts'
import type { ZipWriter } from './zip-writer.ts'

/** The zip's files up to its checksums; these have to be signed before the zip can be finished. */
export interface WrittenPart {
  readonly manifest: BundleManifest
  readonly checksums: Buffer
}

/** Writes everything that stands beside the mail, the checksums last. */
export async function writeFacts(writing: Writing, folders: readonly BundleFolder[]): Promise<WrittenPart> {
  const { zip, options, files, index } = writing
  const add = async (name: string, content: Iterable<Uint8Array>) => {
    const written = await zip.add(name, content)
    files.push({ ...written, messages: 0 })
    return written
  }
  const messages = await add(bundleFiles.messages, writing.lines.chunks())
  await add(
    bundleFiles.readme,
    text(bundleReadme({ index: index !== null, signature: options.signer !== null })),
  )
  if (options.signer !== null) await add(bundleFiles.publicKey, text(options.signer.publicKeyPem))
  for (const { name, chunks } of index?.pages() ?? []) await add(name, chunks())
  const custody = custodyOf(writing, manifestOf(writing, folders), messages.sha256)
  await add(bundleFiles.custody, text(toJson(custody)))
  await add(bundleFiles.custodyPage, text(custodyPage(custody)))
  if (index !== null) await add(bundleFiles.index, text(frontPage(manifestOf(writing, folders), index)))
  const manifest = manifestOf(writing, folders)
  const written = await zip.add(bundleFiles.manifest, text(toJson(manifest)))
  const checksums = Buffer.from(formatChecksums([...files, written]))
  await zip.add(bundleFiles.checksums, [checksums])
  return { manifest, checksums }
}

function manifestOf(writing: Writing, folders: readonly BundleFolder[]): BundleManifest {
  const { options, files, problems, part } = writing
  const { archiveId, name: archiveName } = options.card
  const mailBytes = folders.reduce((sum, folder) => sum + folder.mailBytes, 0)
  return {
    format: 'mail-desk-bundle',
    version: 2,
    createdAt: new Date(options.createdAtMs).toISOString(),
    createdBy: options.createdBy,
    note: options.note,
    source: { archiveId, archiveName, mailboxes: [...new Set(folders.map((folder) => folder.source))] },
    selection: options.selection,
    messageFormat: options.format,
    totals: { messages: writing.messages, mailBytes, files: files.length },
    folders: [...folders],
    files,
    problems,
    part,
    signer: options.signer,
  }
}

function custodyOf(writing: Writing, manifest: BundleManifest, messagesSha256: string): BundleCustody {
  const { handedOverBy, chosen } = writing.options.custody
  const { totals, source, part } = manifest
  return {
    format: 'mail-desk-custody',
    version: 1,
    handedOverBy,
    createdAt: manifest.createdAt,
    createdBy: manifest.createdBy,
    reason: manifest.note,
    chosen,
    archive: { archiveId: source.archiveId, name: source.archiveName },
    counts: { messages: totals.messages, mailBytes: totals.mailBytes, folders: manifest.folders.length },
    part: part === null ? null : { number: part.number, of: part.of },
    leftOut: [...listLacks(manifest)],
    messagesSha256,
    signedBy: manifest.signer?.fingerprint ?? null,
  }
}

/** Adds the signature's two files. */
export async function writeSignature(zip: ZipWriter, signature: DeskSignature): Promise<void> {
  const forPrograms: BundleSignature = {
    format: 'mail-desk-signature',
    version: 1,
    algorithm: 'Ed25519',
    signs: bundleFiles.checksums,
    ...signature,
  }
  await zip.add(bundleFiles.signature, text(toJson(forPrograms)))
  await zip.add(bundleFiles.rawSignature, [Buffer.from(signature.signatureBase64, 'base64')])
}

const text = (content: string): Iterable<Uint8Array> => [Buffer.from(content)]
const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
