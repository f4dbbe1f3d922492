import { AppError } from '../../core/errors.ts'

/** The code of the failure that work ends with; `no failure` when it succeeds. Anything else passes through. */
export async function failureOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'no failure'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}
