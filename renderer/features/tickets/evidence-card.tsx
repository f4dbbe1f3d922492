import { IconArchive, IconMailForward, IconPackageExport, IconStethoscope } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Evidence } from '../../../core/tickets/types.ts'
import { evidenceWords, ticketWords as words } from '../../i18n/tickets.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Button, RelativeTime } from '../../ui/index.ts'
import classes from './timeline.module.css'

const icons = {
  diagnostic_run: IconStethoscope,
  archive_run: IconArchive,
  bundle: IconPackageExport,
  junk_recovery: IconMailForward,
} as const

/** Something that the desk measured or kept, and the way to it. */
export function EvidenceCard(props: {
  readonly evidence: Evidence
  readonly ticketId: string
  readonly atMs?: number
  readonly by?: string
}) {
  const { evidence } = props
  const Icon = icons[evidence.kind]
  return (
    <div className={classes.evidence}>
      <Icon size={18} stroke={1.6} aria-hidden />
      <div className={classes.evidenceText}>
        <div>
          <strong>{evidenceWords[evidence.kind]}</strong>{' '}
          {props.atMs !== undefined && (
            <span className={classes.quiet}>
              <bdi>{props.by}</bdi> {words.linkedEvidence} · <RelativeTime atMs={props.atMs} />
            </span>
          )}
        </div>
        <p dir="auto">{evidence.summary}</p>
      </div>
      <OpenEvidence evidence={evidence} ticketId={props.ticketId} />
    </div>
  )
}

/** The way to a diagnosis, or to the archive that a run or a bundle belongs to. */
function OpenEvidence(props: { readonly evidence: Evidence; readonly ticketId: string }) {
  const { kind, id } = props.evidence
  const isArchives = kind === 'archive_run' || kind === 'bundle'
  const report = useQueryOf('archive.report', { runId: id }, { enabled: isArchives })
  // A run that was cut off has no report, and then nobody can say which archive it was.
  const archiveId = report.data?.archiveId ?? ''
  return (
    <Button
      size="compact-sm"
      component={Link}
      to={
        kind === 'diagnostic_run'
          ? `/diagnose/${id}${ticketQuery(props.ticketId)}`
          : kind === 'junk_recovery'
            ? `/care/junk${ticketQuery(props.ticketId)}`
            : `/archive/${archiveId}`
      }
    >
      {words.openEvidence}
    </Button>
  )
}

const ticketQuery = (ticketId: string): string => (ticketId === '' ? '' : `?ticket=${ticketId}`)
