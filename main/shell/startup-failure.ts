import type { Dialog } from 'electron'
import { AppError } from '../../core/errors.ts'
import { describeError } from '../../core/error-text.ts'

/** Says why the desk could not be opened and what to do, in the same words as everywhere else. */
export function showStartupFailure(dialog: Dialog, error: unknown, logDir: string): void {
  const known = error instanceof AppError ? error : new AppError('internal', { cause: error })
  const { sentence, nextStep } = describeError(known.code, known.details)
  const trace = known.code === 'internal' && error instanceof Error ? `\n\n${error.message}` : ''
  dialog.showErrorBox(sentence, `${nextStep}${trace}\n\nThe log is in ${logDir}.`)
}
