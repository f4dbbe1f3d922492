import type { FolderCoverage } from '../../../core/archive/types.ts'
import { pullWords as words } from '../../i18n/archive-pull.ts'
import { RelativeTime, StateBadge, useNow } from '../../ui/index.ts'
import classes from './archive.module.css'

/** Mailbox by mailbox: when the last message came in, and when the server was last asked. A quiet one says so. */
export function SourceStates(props: { readonly folders: readonly FolderCoverage[] }) {
  const sources = [...new Set(props.folders.map(({ source }) => source))]
  return (
    <ul className={classes.sources} aria-label={words.sources}>
      {sources.map((source) => (
        <SourceState
          key={source}
          source={source}
          folders={props.folders.filter((folder) => folder.source === source)}
        />
      ))}
    </ul>
  )
}

function SourceState(props: { readonly source: string; readonly folders: readonly FolderCoverage[] }) {
  const { folders } = props
  const nowMs = useNow()
  const archivedAtMs = latest(folders.map(({ lastArchivedAtMs }) => lastArchivedAtMs))
  const askedAtMs = latest(folders.map((folder) => latest([folder.askedAtMs, folder.pulledAtMs])))
  const quiet = archivedAtMs !== null && askedAtMs !== null && askedAtMs - archivedAtMs > quietAfterMs
  return (
    <li>
      <bdi className={classes.path}>{props.source}</bdi>
      <span>
        {archivedAtMs === null ? (
          words.neverArchived
        ) : (
          <>
            {words.lastArchived} <RelativeTime atMs={archivedAtMs} />
          </>
        )}
        {quiet && <> · {words.nothingNew(Math.max(nowMs, askedAtMs) - archivedAtMs)}</>}
        {' · '}
        {askedAtMs === null ? (
          words.neverAsked
        ) : (
          <>
            {words.lastAsked} <RelativeTime atMs={askedAtMs} />
          </>
        )}
      </span>
      <Lacks folders={folders} />
    </li>
  )
}

/** A pull asks and archives within this time; what is asked later than that brought nothing. */
const quietAfterMs = 6 * 3_600_000

function Lacks({ folders }: { readonly folders: readonly FolderCoverage[] }) {
  const unfinished = folders.filter((folder) => folder.unfinished !== null).length
  const missing = folders.reduce((sum, folder) => sum + (folder.missingCount ?? 0), 0)
  return (
    <>
      {unfinished > 0 && <StateBadge state="unknown">{words.notFinished(unfinished)}</StateBadge>}
      {missing > 0 && <StateBadge state="warning">{words.missing(missing)}</StateBadge>}
    </>
  )
}

function latest(times: readonly (number | null)[]): number | null {
  return times.reduce<number | null>((last, one) => (one !== null && one > (last ?? 0) ? one : last), null)
}
