import { AppError } from '../../../core/errors.ts'
import { connectImap } from './connect.ts'
import type { ConnectImapOptions } from './connect.ts'
import { whileItComes } from './progress.ts'
import type { Pace } from './progress.ts'

/** Kept of one broken message at most; more would not be looked at by anyone. */
const maxKeptBytes = 32 * 1024 * 1024

/**
 * Asks for one message on a connection of its own and reads along byte for byte: what came of the message before
 * the answer broke. Empty when nothing came. Errors: when no connection can be made, as `connectImap`.
 */
export async function salvageMessage(
  options: Omit<ConnectImapOptions, 'onReceived' | 'compress'>,
  pace: Pace,
  path: string,
  uid: number,
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let kept = 0
  let listening = false
  const onReceived = (bytes: Buffer) => {
    if (!listening || kept >= maxKeptBytes) return
    chunks.push(bytes)
    kept += bytes.length
  }
  const client = await connectImap({ ...options, compress: false, onReceived })
  const { host } = options.server
  try {
    await whileItComes(client, pace, host, client.mailboxOpen(path, { readOnly: true }))
    listening = true
    const fetched = client.fetchOne(String(uid), { source: true }, { uid: true })
    await whileItComes(client, pace, host, fetched)
  } catch (error) {
    // That it fails is why it is asked; only a bug goes on.
    if (!(error instanceof AppError) && !(error instanceof Error && 'code' in error)) throw error
  } finally {
    client.close()
  }
  return literalIn(Buffer.concat(chunks))
}

/** What followed the size of the message's literal, at most that size; empty where there is none. */
export function literalIn(received: Buffer): Uint8Array {
  const head = /BODY\[\] (?:\{(\d{1,15})\+?\}|~\{(\d{1,15})\+?\})\r?\n/i.exec(
    received.toString('latin1', 0, 65_536),
  )
  if (head === null) return new Uint8Array(0)
  const start = head.index + head[0].length
  return received.subarray(start, start + Number(head[1] ?? head[2]))
}
