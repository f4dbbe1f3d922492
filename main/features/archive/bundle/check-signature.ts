import { bundleFiles, bundleSignature } from '../../../../core/archive/bundle.ts'
import type { BundleManifest } from '../../../../core/archive/bundle.ts'
import type { BundleReport } from '../../../../core/archive/reports.ts'
import { fingerprintOf, verifySignature } from '../../signing/index.ts'
import { asBuffer } from '../store/frame.ts'
import { readBytes } from './zip-reader.ts'
import type { ZipReader } from './zip-reader.ts'

/** What is to be said of a zip's signature. */
export interface SignatureCheck {
  readonly signature: BundleReport['signature']
  readonly problems: readonly string[]
}

const mostBytes = 500_000_000
const unsigned: SignatureCheck = { signature: { state: 'none', fingerprint: null }, problems: [] }

/**
 * Checks the signature over SHA256SUMS. Its files cannot be in SHA256SUMS themselves, so each is compared here: with
 * the manifest, with the bytes, and with each other. `expected` is the fingerprint that the sender told.
 */
export async function checkSignature(
  zip: ZipReader,
  manifest: BundleManifest,
  expected: string | null,
): Promise<SignatureCheck> {
  const { signer } = manifest
  const found = zip.files.has(bundleFiles.signature) || zip.files.has(bundleFiles.rawSignature)
  if (signer === null && !found)
    return expected === null ? unsigned : broken(null, ['The bundle is not signed, but it was said to be.'])
  if (signer === null) return broken(null, ['There is a signature, but the manifest names no signer.'])
  const problems = await listProblems(zip, signer)
  if (expected !== null && plainFingerprint(expected) !== signer.fingerprint)
    problems.push('The bundle is signed by another key than the one that was told.')
  return problems.length > 0
    ? broken(signer.fingerprint, problems)
    : { signature: { state: 'holds', fingerprint: signer.fingerprint }, problems }
}

async function listProblems(
  zip: ZipReader,
  signer: NonNullable<BundleManifest['signer']>,
): Promise<string[]> {
  const signature = await readSignature(zip)
  if (signature === null) return [`${bundleFiles.signature} is missing or not of its form.`]
  const problems: string[] = []
  if (fingerprintOf(signer.publicKeyPem) !== signer.fingerprint)
    problems.push('The fingerprint in the manifest is not that of its key.')
  if (signature.publicKeyPem !== signer.publicKeyPem || signature.fingerprint !== signer.fingerprint)
    problems.push(`${bundleFiles.signature} is by another key than the manifest names.`)
  const sums = await readBytes(zip, bundleFiles.checksums, mostBytes).catch(() => null)
  if (sums === null || !verifySignature({ ...signature, publicKeyPem: signer.publicKeyPem }, sums))
    problems.push(`The signature is not of this ${bundleFiles.checksums}.`)
  const raw = await readBytes(zip, bundleFiles.rawSignature, 1000).catch(() => null)
  if (raw === null || !asBuffer(raw).equals(Buffer.from(signature.signatureBase64, 'base64')))
    problems.push(`${bundleFiles.rawSignature} is not the signature of ${bundleFiles.signature}.`)
  return problems
}

async function readSignature(zip: ZipReader) {
  try {
    const json: unknown = JSON.parse((await readBytes(zip, bundleFiles.signature, 10_000)).toString('utf8'))
    return bundleSignature.parse(json)
  } catch {
    // Missing, not JSON or not of its shape: to the reader all the same, a signature that is not there.
    return null
  }
}

/** As people type it: with blanks or colons, in either case. */
const plainFingerprint = (text: string): string => text.replace(/[\s:]/g, '').toLowerCase()

function broken(fingerprint: string | null, problems: readonly string[]): SignatureCheck {
  return { signature: { state: 'broken', fingerprint }, problems }
}
