import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(crypto)

/** What a TLS server shows: its certificate with those that it sends along, and its key. */
export interface Credentials {
  readonly cert: string
  readonly key: string
}

/** One that signs certificates. */
export interface Authority {
  readonly pem: string
  readonly certificate: x509.X509Certificate
  readonly keys: CryptoKeyPair
}

export interface LeafOptions {
  readonly names: readonly string[]
  readonly issuer: Authority
  readonly notBefore?: Date
  readonly notAfter?: Date
  /** Bits of an RSA key; an elliptic curve when left out. */
  readonly rsaBits?: number
  /** For clients only, as one is that somebody took for a server's. */
  readonly forClients?: boolean
  /** Says where the issuer's certificate can be fetched (RFC 5280 section 4.2.2.1), as public ones do. */
  readonly issuerUrl?: string
  /** Sent along behind the leaf, as a server should with its intermediates. */
  readonly chain?: readonly Authority[]
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000

/** A date so many days from now; negative for the past. */
export const inDays = (days: number): Date => new Date(Date.now() + days * dayMs)

/** Makes a root, or an intermediate when an issuer is given. */
export async function createAuthority(commonName: string, issuer?: Authority): Promise<Authority> {
  const keys = await generateKeys()
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${commonName}`,
    issuer: issuer?.certificate.subject ?? `CN=${commonName}`,
    notBefore: inDays(-30),
    notAfter: inDays(365),
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, issuer === undefined ? 1 : 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { pem: certificate.toString('pem'), certificate, keys }
}

/** Makes a server's certificate. */
export async function createLeaf(options: LeafOptions): Promise<Credentials> {
  const keys = await generateKeys(options.rsaBits)
  const certificate = await leaf(options, keys, options.issuer.certificate.subject, options.issuer.keys)
  return {
    cert: [certificate, ...(options.chain ?? []).map((one) => one.pem)].join('\n'),
    key: await pemOf(keys),
  }
}

/** Makes a certificate that vouches for itself, as appliances do. */
export async function createSelfSigned(names: readonly string[]): Promise<Credentials> {
  const keys = await generateKeys()
  return { cert: await leaf({ names }, keys, `CN=${names[0] ?? ''}`, keys), key: await pemOf(keys) }
}

function generateKeys(rsaBits?: number): Promise<CryptoKeyPair> {
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) }
  return rsaBits === undefined
    ? crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    : crypto.subtle.generateKey({ ...rsa, modulusLength: rsaBits }, true, ['sign', 'verify'])
}

async function leaf(
  options: Omit<LeafOptions, 'issuer'>,
  keys: CryptoKeyPair,
  issuer: string,
  signer: CryptoKeyPair,
): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${options.names[0] ?? ''}`,
    issuer,
    notBefore: options.notBefore ?? inDays(-7),
    notAfter: options.notAfter ?? inDays(90),
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension([
        options.forClients === true ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth,
      ]),
      new x509.SubjectAlternativeNameExtension(
        options.names.map((value) => ({ type: 'dns' as const, value })),
      ),
      ...(options.issuerUrl === undefined
        ? []
        : [new x509.AuthorityInfoAccessExtension({ caIssuers: options.issuerUrl })]),
    ],
  })
  return certificate.toString('pem')
}

async function pemOf(keys: CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
}

function serial(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(8)))
    .toString('hex')
    .replace(/^[89a-f]/, '1')
}
