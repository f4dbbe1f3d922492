import { Navigate } from 'react-router'
import { LoadingState } from '../../ui/index.ts'
import { useDeskIsEmpty } from './use-desk-is-empty.ts'

/** Where the window starts: Welcome on an empty desk, else Today. */
export function StartPage() {
  const empty = useDeskIsEmpty()
  if (empty === null) return <LoadingState />
  return <Navigate to={empty ? '/welcome' : '/today'} replace />
}
