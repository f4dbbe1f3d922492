import { z } from 'zod'
import { deskSignature } from '../signing/types.ts'
import { exportFormat, pullFailure, selection } from './types.ts'

/** Where one zip of a split export stands in its set; what every part knows of all. */
const bundlePart = z.strictObject({
  /** The same in all parts of one export, and in no other. */
  setId: z.string().max(100),
  number: z.number().int().min(1),
  of: z.number().int().min(1).max(10_000),
  /** What was chosen for each part, in the order of their numbers. */
  parts: z.array(z.strictObject({ messages: z.number(), mailBytes: z.number() })).max(10_000),
})
export type BundlePart = z.infer<typeof bundlePart>

/** `manifest.json` of an export bundle. Version 1 has no `part` and no `signer`. */
export const bundleManifest = z.strictObject({
  format: z.literal('mail-desk-bundle'),
  version: z.union([z.literal(1), z.literal(2)]),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  note: z.string(),
  source: z.strictObject({ archiveId: z.string(), archiveName: z.string(), mailboxes: z.array(z.string()) }),
  selection,
  messageFormat: exportFormat,
  totals: z.strictObject({ messages: z.number(), mailBytes: z.number(), files: z.number() }),
  folders: z.array(
    z.strictObject({
      source: z.string(),
      path: z.string(),
      messages: z.number(),
      mailBytes: z.number(),
      /** Where it is in the zip: one file (mboxrd) or a folder. */
      entry: z.string(),
      /** What the server had at the last pull and this bundle lacks; null numbers were never measured. */
      coverage: z.strictObject({
        pulledAt: z.iso.datetime().nullable(),
        onServer: z.number().nullable(),
        missing: z.number().nullable(),
        noLongerOnServer: z.number(),
        failures: z.array(pullFailure),
      }),
    }),
  ),
  /** Every file of the zip but this one and SHA256SUMS. */
  files: z.array(
    z.strictObject({ name: z.string(), sizeBytes: z.number(), sha256: z.string(), messages: z.number() }),
  ),
  problems: z.array(z.string()),
  /** Null: this zip is the whole export. */
  part: bundlePart.nullable().default(null),
  /** Who signed SHA256SUMS; null: nobody. The manifest is in SHA256SUMS, so another key does not go unseen. */
  signer: deskSignature.omit({ signatureBase64: true }).nullable().default(null),
})
export type BundleManifest = z.infer<typeof bundleManifest>

/** What a bundle lacks by its own account, a sentence each: left out at the export, or never archived. */
export function listLacks(manifest: BundleManifest): readonly string[] {
  const folders = manifest.folders.flatMap(({ source, path, coverage: { onServer, missing, failures } }) => {
    const where = `${path} of ${source}`
    if (onServer === null)
      return [`${where} was never pulled to its end from a server, so what is missing is not known.`]
    if (missing === null || missing === 0) return []
    const reasons = [...new Set(failures.map(({ reason }) => reason))].slice(0, 3)
    return [
      `${missing} of the ${onServer} messages that the server had in ${where} are not in the archive${reasons.length === 0 ? '' : ` (${reasons.join(' ')})`}.`,
    ]
  })
  return [...manifest.problems, ...folders]
}

/** One line of `messages.jsonl`: a message of the bundle, in the order of the bundle. */
export const bundleMessage = z.strictObject({
  /** The file of the zip that holds it. */
  file: z.string(),
  /** Of the message's own bytes, as the server gave them. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number(),
  /** In an mboxrd file: a line feed follows the message that is not its own. */
  newlineAdded: z.boolean(),
  source: z.string(),
  folder: z.string(),
  uidValidity: z.string(),
  uid: z.number(),
  flags: z.array(z.string()),
  internalDateMs: z.number().nullable(),
  /** Gmail's labels; absent where the server has none. */
  labels: z.array(z.string()).optional(),
})
export type BundleMessage = z.infer<typeof bundleMessage>

/** Names of the files beside the mail. The last six are in bundles of version 2 only, the signature's if they are signed. */
export const bundleFiles = {
  manifest: 'manifest.json',
  checksums: 'SHA256SUMS',
  messages: 'messages.jsonl',
  readme: 'README.txt',
  index: 'index.html',
  custody: 'custody.json',
  custodyPage: 'custody.html',
  publicKey: 'signing-key.pem',
  signature: 'signature.json',
  rawSignature: 'SHA256SUMS.sig',
} as const

/** `signature.json`: an Ed25519 signature over the bytes of SHA256SUMS, which holds the manifest's checksum. */
export const bundleSignature = deskSignature.extend({
  format: z.literal('mail-desk-signature'),
  version: z.literal(1),
  algorithm: z.literal('Ed25519'),
  signs: z.literal('SHA256SUMS'),
})
export type BundleSignature = z.infer<typeof bundleSignature>

/** `custody.json`: who made the bundle, when, why, of what, and what was left out. */
export const bundleCustody = z.strictObject({
  format: z.literal('mail-desk-custody'),
  version: z.literal(1),
  handedOverBy: z.strictObject({
    name: z.string(),
    nameFrom: z.enum(['typed', 'settings', 'operating_system']),
    osUser: z.string(),
  }),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  reason: z.string(),
  /** What was chosen, in words; the manifest has it for programs. */
  chosen: z.string(),
  archive: z.strictObject({ archiveId: z.string(), name: z.string() }),
  counts: z.strictObject({ messages: z.number(), mailBytes: z.number(), folders: z.number() }),
  part: z.strictObject({ number: z.number(), of: z.number() }).nullable(),
  leftOut: z.array(z.string()),
  /** The list of all messages with their hashes, by its own. */
  messagesSha256: z.string(),
  signedBy: z.string().nullable(),
})
export type BundleCustody = z.infer<typeof bundleCustody>

/** The lines of SHA256SUMS, in the form that `sha256sum -c` reads (GNU coreutils, binary mode unmarked). */
export function formatChecksums(
  files: readonly { readonly name: string; readonly sha256: string }[],
): string {
  return files.map((file) => `${file.sha256}  ${file.name}\n`).join('')
}

/** Reads SHA256SUMS; null when a line is not of its form or a file is named twice. */
export function parseChecksums(text: string): ReadonlyMap<string, string> | null {
  const sums = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const match = /^([0-9a-f]{64}) [ *](.+)$/.exec(line)
    if (match?.[1] === undefined || match[2] === undefined) return null
    // The same file twice: one of the two sums must be wrong, or be taken for it.
    if (sums.has(match[2])) return null
    sums.set(match[2], match[1])
  }
  return sums
}

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i

/**
 * One path segment that Windows, macOS and Linux all take: no reserved characters or names, no leading or
 * trailing dot or space, at most 80 characters. Never empty. Not unique: see `uniqueNames`.
 */
export function safeSegment(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '_')
    .replace(/^[. ]+/, '_')
  const short = plain
    .slice(0, 80)
    .toWellFormed()
    .replace(/[. ]+$/, '')
  if (short === '') return '_'
  return reserved.test(short) ? `_${short}` : short
}

const longestExtension = 16

/**
 * The name under which an attachment is shown and saved: a `safeSegment` that keeps its extension. A sender could
 * turn `annexe\u202egpj.exe` into what reads as a picture, or name a path.
 */
export function safeFileName(name: string): string {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= longestExtension ? name.slice(dot) : ''
  const stem = extension === '' ? name : name.slice(0, dot)
  return safeSegment(`${stem.slice(0, 80 - extension.length)}${extension}`)
}

/** Makes names unique without regard to case, as Windows and macOS compare them; the same input gives the same names. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    let candidate = name
    for (let n = 2; taken.has(candidate.toLowerCase()); n++) candidate = `${name}~${n}`
    taken.add(candidate.toLowerCase())
    return candidate
  }
}
