import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { X509Certificate } from '@peculiar/x509'

const dayMs = 86_400_000
const serverAuth = '1.3.6.1.5.5.7.3.1'
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A certificate and its private key as PEM, ready for `tls.createServer` or for a file. */
export interface KeyPair {
  readonly certPem: string
  readonly keyPem: string
}

/** From when to when a certificate is valid, milliseconds since the epoch. */
export interface Validity {
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

/** A private certificate authority: its own certificate, and certificates for servers signed by it. */
export interface Authority {
  readonly caPem: string
  /** Signs a server certificate for DNS names and IPv4 addresses (RFC 5280, 4.2.1.6). */
  issue(names: readonly string[], validity: Validity): Promise<KeyPair>
}

/** A validity of `days` around now, a day back to forgive clocks that are slow. */
export function validFor(days: number, nowMs: number): Validity {
  return { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + days * dayMs }
}

/** A validity that ended `days` ago, after a year. */
export function expiredSince(days: number, nowMs: number): Validity {
  return { notBeforeMs: nowMs - (365 + days) * dayMs, notAfterMs: nowMs - days * dayMs }
}

/** Makes an authority whose keys live in this process only. */
export async function createAuthority(name: string, validity: Validity): Promise<Authority> {
  const keys = await generateKeys()
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...common(validity),
    name: `CN=${name}`,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { caPem: ca.toString('pem'), issue: (names, wanted) => issue(ca, keys, names, wanted) }
}

/** A certificate signed by its own key: nobody vouches for it. */
export async function selfSigned(names: readonly string[], validity: Validity): Promise<KeyPair> {
  const keys = await generateKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...common(validity),
    name: `CN=${names[0] ?? 'nobody'}`,
    keys,
    extensions: serverExtensions(names),
  })
  return pair(certificate, keys)
}

async function issue(
  ca: X509Certificate,
  caKeys: webcrypto.CryptoKeyPair,
  names: readonly string[],
  validity: Validity,
): Promise<KeyPair> {
  const keys = await generateKeys()
  const certificate = await X509CertificateGenerator.create({
    ...common(validity),
    subject: `CN=${names[0] ?? 'nobody'}`,
    issuer: ca.subject,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [...serverExtensions(names), await AuthorityKeyIdentifierExtension.create(ca)],
  })
  return pair(certificate, keys)
}

function serverExtensions(names: readonly string[]) {
  return [
    new BasicConstraintsExtension(false),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([serverAuth]),
    new SubjectAlternativeNameExtension(
      names.map((value) => ({ type: /^\d+(\.\d+){3}$/.test(value) ? 'ip' : 'dns', value })),
    ),
  ]
}

function common(validity: Validity) {
  // A serial number is a positive integer: its first bit must be clear.
  const serialNumber = `01${randomBytes(15).toString('hex')}`
  const notBefore = new Date(validity.notBeforeMs)
  return { serialNumber, notBefore, notAfter: new Date(validity.notAfterMs), signingAlgorithm: algorithm }
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

async function pair(certificate: X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<KeyPair> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    certPem: certificate.toString('pem'),
    keyPem: `-----BEGIN PRIVATE KEY-----\n${lines.trimEnd()}\n-----END PRIVATE KEY-----\n`,
  }
}
