import { Link } from 'react-router'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { standingWords as words } from '../../i18n/archive-standing.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Anchor, Panel, QueryView, RelativeTime, StateMark, UnstyledButton } from '../../ui/index.ts'
import classes from './standing.module.css'
import { checkedLine, completeLine, copiesLine, drillLine, encryptedLine, leftLines } from './standing.ts'
import type { StandingLine } from './standing.ts'

interface StandingPanelProps {
  readonly archive: ArchiveSummary
  /** The way to more mail; null where there is none. */
  readonly onPull: (() => void) | null
}

/** In one look: is it complete, is it whole, is there another copy, was it ever restored, who can read it. */
export function StandingPanel({ archive, onPull }: StandingPanelProps) {
  const { archiveId, kind, encryption } = archive
  const ref = { archiveId }
  const coverage = useQueryOf('archive.coverage', ref)
  const safety = useQueryOf('archive.safety', ref)
  const drills = useQueryOf('restore.drills', { ...ref, limit: 1 })
  const left = useQueryOf('archive.leftFolders', ref)
  const isArchive = kind === 'archive'
  const line = (one: StandingLine) => <Line key={one.text} line={one} archiveId={archiveId} onPull={onPull} />
  return (
    <Panel title={words.title} flush>
      <div className={classes.lines}>
        <QueryView query={coverage} rows={1}>
          {({ folders }) => line(completeLine(folders))}
        </QueryView>
        <QueryView query={safety} rows={1}>
          {(known) => (
            <>
              {line(checkedLine(known))}
              {isArchive && line(copiesLine(known.copies))}
            </>
          )}
        </QueryView>
        <QueryView query={drills} rows={1}>
          {(known) => line(drillLine(known.drills[0]))}
        </QueryView>
        {isArchive && line(encryptedLine(encryption))}
        {leftLines(left.data?.folders ?? []).map(line)}
      </div>
    </Panel>
  )
}

function Line(props: {
  readonly line: StandingLine
  readonly archiveId: string
  readonly onPull: (() => void) | null
}) {
  const { line, archiveId, onPull } = props
  const { id, state, text, atMs } = line
  return (
    <div className={classes.line}>
      <StateMark state={state} size={16} />
      <strong className={classes.name}>{words.lines[id]}</strong>
      <span className={classes.text}>
        <bdi>{text}</bdi>
        {atMs !== null && (
          <span className={classes.when}>
            {' · '}
            <RelativeTime atMs={atMs} />
          </span>
        )}
      </span>
      {id === 'complete' ? (
        onPull !== null && (
          <UnstyledButton className={classes.way} onClick={onPull}>
            {words.ways[id]}
          </UnstyledButton>
        )
      ) : (
        <Anchor
          component={Link}
          className={classes.way}
          to={`/archive/${archiveId}/${id === 'drill' ? 'restore' : 'safety'}`}
        >
          {words.ways[id]}
        </Anchor>
      )}
    </div>
  )
}
