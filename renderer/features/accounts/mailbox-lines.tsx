import { useQueries } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { ArchiveSummary, FolderCoverage } from '../../../core/archive/types.ts'
import { mailboxWords as words } from '../../i18n/accounts.ts'
import { queryKeyOf, useDesk, useQueryOf } from '../../ipc/index.ts'
import { Quiet, RelativeTime, StateBadge } from '../../ui/index.ts'
import classes from './people.module.css'

/** The last diagnosis of a mailbox, in one line that leads to it. */
export function DiagnosedLine(props: { readonly mailboxId: string }) {
  const { data, error } = useQueryOf('diagnostics.list', { mailboxId: props.mailboxId, limit: 1 })
  if (data === undefined) return error === null ? null : <NotKnown />
  const [run] = data.runs
  if (run === undefined) return <Quiet>{words.noDiagnosis}</Quiet>
  const state = run.finding?.status ?? (run.state === 'running' ? 'running' : 'unknown')
  return (
    <Link className={classes.line} to={`/diagnose/${run.runId}`}>
      <StateBadge state={state} />
      <span>{run.finding?.title ?? (run.state === 'running' ? words.running : words.noFinding)}</span>
      <Quiet>
        <RelativeTime atMs={run.startedAtMs} />
      </Quiet>
    </Link>
  )
}

/** What the archives of this desk hold of a mailbox. */
export function ArchivedLine(props: { readonly address: string }) {
  const holdings = useHoldings(props.address)
  if (holdings === 'not known') return <NotKnown />
  if (holdings === null) return null
  if (holdings.length === 0) return <Quiet>{words.notArchived}</Quiet>
  return (
    <div className={classes.archived}>
      {holdings.map(({ archive, held, missing, pulledAtMs }) => (
        <Link key={archive.archiveId} className={classes.line} to={`/archive/${archive.archiveId}`}>
          <StateBadge state={missing === null ? 'unknown' : missing > 0 ? 'warning' : 'pass'}>
            {words.archivedCount(held, archive.name)}
          </StateBadge>
          {missing !== null && missing > 0 && <span>{words.missingCount(missing)}</span>}
          {pulledAtMs > 0 && (
            <Quiet>
              <RelativeTime atMs={pulledAtMs} />
            </Quiet>
          )}
        </Link>
      ))}
    </div>
  )
}

/** What one archive holds of a mailbox. `missing` is null before the first whole pull of every folder. */
interface Holding {
  readonly archive: ArchiveSummary
  readonly held: number
  readonly missing: number | null
  readonly pulledAtMs: number
}

/** The archives that have something of this address; null until all of them have answered. */
function useHoldings(address: string): readonly Holding[] | null | 'not known' {
  const { call } = useDesk()
  const { data, error } = useQueryOf('archive.list', {})
  const archives = data?.archives.filter(({ state }) => state === 'ready') ?? []
  const coverages = useQueries({
    queries: archives.map(({ archiveId }) => ({
      queryKey: queryKeyOf('archive.coverage', { archiveId }),
      queryFn: () => call('archive.coverage', { archiveId }),
    })),
  })
  // An archive that cannot be read may hold the mailbox: then "not archived" would be a guess.
  if (error !== null || coverages.some((coverage) => coverage.isError)) return 'not known'
  if (data === undefined || coverages.some((coverage) => coverage.isPending)) return null
  return archives.flatMap((archive, i) => {
    const folders = coverages[i]?.data?.folders ?? []
    const own = folders.filter(({ source }) => source === address.toLowerCase())
    return own.length === 0 ? [] : [holdingOf(archive, own)]
  })
}

function holdingOf(archive: ArchiveSummary, folders: readonly FolderCoverage[]): Holding {
  const known = folders.every(({ missingCount }) => missingCount !== null)
  return {
    archive,
    held: folders.reduce((sum, { archivedCount, goneCount }) => sum + archivedCount + goneCount, 0),
    missing: known ? folders.reduce((sum, { missingCount }) => sum + (missingCount ?? 0), 0) : null,
    pulledAtMs: Math.max(...folders.map((folder) => folder.pulledAtMs ?? 0)),
  }
}

function NotKnown() {
  return <StateBadge state="unknown">{words.notKnown}</StateBadge>
}
