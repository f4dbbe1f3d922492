import { describeError } from '../../../core/error-text.ts'
import { AppError } from '../../../core/errors.ts'
import type { ErrorDetails } from '../../../core/errors.ts'
import type { TrySignIn } from '../../features/accounts/ports.ts'
import { connectImap } from './connect.ts'

const timeoutMs = 15_000

/** Signs in to an IMAP server and out again. What the server says is the result; nothing is selected or read. */
export const trySignIn: TrySignIn = async (attempt, signal) => {
  const startedAt = performance.now()
  const elapsed = () => Math.round(performance.now() - startedAt)
  try {
    const client = await connectImap({ ...attempt, signal, timeoutMs })
    const durationMs = elapsed()
    await client.logout().catch(() => client.close())
    return { outcome: 'accepted', durationMs }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    if (error.code === 'auth.refused')
      return {
        outcome: 'refused',
        responseCode: textOf(error.details, 'responseCode') || null,
        response: textOf(error.details, 'response'),
        durationMs: elapsed(),
      }
    const { sentence } = describeError(error.code, error.details)
    return { outcome: 'unreachable', code: error.code, sentence, durationMs: elapsed() }
  }
}

function textOf(details: ErrorDetails, name: string): string {
  const value = details[name]
  return typeof value === 'string' ? value : ''
}
