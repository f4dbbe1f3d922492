import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { AppError } from '../../core/errors.ts'
import { uiWords } from '../i18n/ui.ts'
import { ErrorState } from './error-state.tsx'
import { LoadingState } from './loading-state.tsx'
import { StaleNote } from './stale-note.tsx'

/**
 * The states that every screen has, around the answer of `useQueryOf`: loading, failed with retry, stale with
 * its age and reason, and the content. The content decides for itself what is empty.
 */
export function QueryView<T>(props: {
  readonly query: UseQueryResult<T>
  readonly rows?: number
  readonly children: (data: T) => ReactNode
}) {
  const { query } = props
  if (query.data === undefined) {
    if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    return <LoadingState {...(props.rows !== undefined && { rows: props.rows })} />
  }
  const failure = query.error ?? query.failureReason
  // That the desk does not answer is said once, above the screen.
  const cut = failure instanceof AppError && failure.code === 'contract.disconnected'
  return (
    <>
      {failure !== null && !cut && <StaleNote asOfMs={query.dataUpdatedAt} why={uiWords.staleFailed} />}
      {props.children(query.data)}
    </>
  )
}
