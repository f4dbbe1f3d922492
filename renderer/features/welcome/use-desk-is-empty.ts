import { useQueryOf } from '../../ipc/index.ts'

/**
 * Whether the desk has no person, no ticket and no archive. Null while that is not known. A question that fails
 * counts as "not empty": Today then shows what is wrong.
 */
export function useDeskIsEmpty(): boolean | null {
  const tickets = useQueryOf('tickets.counts', {})
  const archives = useQueryOf('archive.list', {})
  const people = useQueryOf('accounts.list', { limit: 1 })
  const answers = [tickets, archives, people]
  if (answers.some((answer) => answer.isError)) return false
  if (tickets.data === undefined || archives.data === undefined || people.data === undefined) return null
  return tickets.data.total + archives.data.archives.length + people.data.total === 0
}
