import { ReadableStream } from 'node:stream/web'
import { Encrypter } from 'age-encryption'
import { AppError } from '../../../../core/errors.ts'

/** For whom a bundle is sealed: those who know a passphrase, or those who hold the key of an age recipient. */
export type BundleEncryption =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recipients'; readonly recipients: readonly string[] }

/** scrypt with N = 2^18, r = 8, p = 1, as the age program itself takes it: 256 MiB and about a second a guess. */
export const scryptLogN = 18

/** The age encryption that was asked for. Errors: `usage.invalid` for what is no recipient, naming it. */
export function createEncrypter(encryption: BundleEncryption, logN = scryptLogN): Encrypter {
  const encrypter = new Encrypter()
  if (encryption.kind === 'passphrase') {
    encrypter.setPassphrase(encryption.passphrase)
    encrypter.setScryptWorkFactor(logN)
    return encrypter
  }
  for (const recipient of encryption.recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (cause) {
      const problem = `“${recipient}” is no age recipient; one begins with age1.`
      throw new AppError('usage.invalid', { details: { problem }, cause })
    }
  }
  return encrypter
}

/** What flows in, sealed, chunk by chunk. */
export async function* encryptStream(
  source: AsyncIterable<Uint8Array>,
  encrypter: Encrypter,
): AsyncGenerator<Uint8Array> {
  const sealed = await encrypter.encrypt(ReadableStream.from<Uint8Array>(source))
  for await (const chunk of sealed) yield chunk
}
