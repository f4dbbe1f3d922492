import { createHash } from 'node:crypto'
import type { BundleMessage } from '../../../../core/archive/bundle.ts'
import { largeMessageBytes } from '../../../../core/archive/pack.ts'
import { readMbox } from '../import/mbox-reader.ts'

/** A message that is what its line says, by its size; or what is wrong. */
export type ProvedMessage =
  | { readonly sizeBytes: number; readonly problem: null }
  | { readonly sizeBytes: null; readonly problem: string }

/**
 * Compares the messages in one file of a bundle with their lines. Unlike `readMessages` it keeps none of them, so a
 * message may be of any size.
 */
export async function* proveMessages(
  name: string,
  content: AsyncIterable<Buffer>,
  lines: readonly BundleMessage[],
): AsyncGenerator<ProvedMessage> {
  let position = 0
  for await (const message of name.endsWith('.mbox') ? mboxMessages(content) : [content]) {
    const line = lines[position++]
    if (line === undefined) {
      await drain(message)
      yield { sizeBytes: null, problem: `${name} holds more messages than are listed.` }
      continue
    }
    const isInMbox = name.endsWith('.mbox')
    const { sizeBytes, sha256 } = await measure(message, isInMbox && line.newlineAdded ? 1 : 0)
    if (sizeBytes === line.sizeBytes && sha256 === line.sha256) yield { sizeBytes, problem: null }
    else yield { sizeBytes: null, problem: `${name}, message ${position}, is not what its hash says.` }
  }
  if (position < lines.length)
    yield { sizeBytes: null, problem: `${name} holds ${position} messages; ${lines.length} are listed.` }
}

async function* mboxMessages(content: AsyncIterable<Buffer>): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const options = { variant: 'mboxrd', strict: true, holdBytes: largeMessageBytes } as const
  for await (const { bytes, pieces } of readMbox(content, options))
    yield pieces ?? once(bytes ?? new Uint8Array())
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

/** Size and hash, without the last bytes that are not the message's. */
async function measure(message: AsyncIterable<Uint8Array>, without: number) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  let held: Uint8Array = new Uint8Array()
  for await (const piece of message) {
    const bytes = without === 0 ? piece : Buffer.concat([held, piece])
    const end = Math.max(0, bytes.length - without)
    hash.update(bytes.subarray(0, end))
    sizeBytes += end
    held = Uint8Array.from(bytes.subarray(end))
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

async function drain(message: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = message[Symbol.asyncIterator]()
  while ((await pieces.next()).done !== true);
}
