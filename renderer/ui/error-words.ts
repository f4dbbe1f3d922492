import { describeError } from '../../core/error-text.ts'
import { AppError } from '../../core/errors.ts'
import { uiWords } from '../i18n/ui.ts'

/** A failure in words. `errorId` is empty when there is none in the log. */
export interface ErrorWords {
  readonly sentence: string
  readonly nextStep: string
  readonly errorId: string
}

/** The words for anything that was thrown; what is not a failure that we know is a bug and is said to be one. */
export function wordsOf(error: unknown): ErrorWords {
  if (!(error instanceof AppError)) {
    return { sentence: uiWords.unexpected, nextStep: uiWords.unexpectedNext, errorId: '' }
  }
  const errorId = 'errorId' in error && typeof error.errorId === 'string' ? error.errorId : ''
  return { ...describeError(error.code, error.details), errorId }
}
