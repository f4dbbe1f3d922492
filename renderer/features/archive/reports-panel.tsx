import { useSearchParams } from 'react-router'
import type { ArchiveReport, Damage } from '../../../core/archive/reports.ts'
import type { Evidence } from '../../../core/tickets/types.ts'
import { coverageWords as words } from '../../i18n/archive.ts'
import { reportKinds, reportLine } from '../../i18n/archive-reports.ts'
import { handoverWords } from '../../i18n/handover.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { CopyableAddress, Panel, QueryView, RelativeTime, StateMark, type Verdict } from '../../ui/index.ts'
import { LinkToTicket } from '../tickets/index.tsx'
import classes from './archive.module.css'

/** What finished runs found, newest first; with null, the checks of bundles. With `?ticket=` they can be linked. */
export function ReportsPanel(props: { readonly archiveId: string | null }) {
  const [query] = useSearchParams()
  const ticketId = query.get('ticket')
  const reports = useQueryOf('archive.reports', { archiveId: props.archiveId, limit: 20 })
  if (props.archiveId === null && reports.data?.reports.length === 0) return null
  return (
    <Panel title={words.reports} flush>
      <QueryView query={reports} rows={2}>
        {({ reports: kept }) =>
          kept.length === 0 ? (
            <p className={classes.panelHint}>{words.noReports}</p>
          ) : (
            <ul>
              {kept.map(({ runId, report, endedAtMs }) => (
                <li key={runId} className={classes.report}>
                  <StateMark state={stateOf(report)} size={16} />
                  <span className={classes.reportKind}>{reportKinds[report.kind]}</span>
                  <span className={classes.reportLine}>
                    <bdi>{reportLine(report)}</bdi>
                    <ReportDetails report={report} />
                  </span>
                  <span className={classes.reportEnd}>
                    <RelativeTime atMs={endedAtMs} />
                    {ticketId !== null && (
                      <LinkToTicket compact ticketId={ticketId} evidence={evidenceOf(runId, report)} />
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  )
}

/** A run as evidence of a ticket: what left the archive is a bundle, all else is work on the archive. */
function evidenceOf(runId: string, report: ArchiveReport): Evidence {
  const isBundle = report.kind === 'export' || report.kind === 'bundle'
  return { kind: isBundle ? 'bundle' : 'archive_run', id: runId, summary: reportLine(report) }
}

/** Whatever was found wrong or left out, word for word, and an export's checksum. */
function ReportDetails(props: { readonly report: ArchiveReport }) {
  const { report } = props
  const lines = troublesOf(report)
  return (
    <>
      {report.kind === 'export' && (
        <span className={classes.hash}>
          SHA-256 <CopyableAddress address={report.sha256} />
        </span>
      )}
      <SignatureLine report={report} />
      {lines.length > 0 && (
        <ul className={classes.troubles}>
          {lines.slice(0, 20).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Who signed a bundle, or that nobody did: it is for the reader to compare the key with what was told. */
function SignatureLine({ report }: { readonly report: ArchiveReport }) {
  if (report.kind === 'export')
    return report.signedBy === null ? (
      report.notSigned !== null && (
        <span className={classes.hash}>{handoverWords.notSigned(report.notSigned)}</span>
      )
    ) : (
      <span className={classes.hash}>
        {handoverWords.signedBy} <CopyableAddress address={report.signedBy} />
      </span>
    )
  if (report.kind !== 'bundle') return null
  const { state, fingerprint } = report.signature
  return (
    <span className={classes.hash}>
      {handoverWords.signature[state]} {fingerprint !== null && <CopyableAddress address={fingerprint} />}
    </span>
  )
}

function stateOf(report: ArchiveReport): Verdict {
  // A pull that came to no folder says nothing about the mailbox.
  if (report.kind === 'pull' && report.folders.length === 0) return 'unknown'
  // What was repaired is no trouble any more; what nobody had is.
  if (report.kind === 'repair' && !report.dryRun)
    return report.items.some(({ outcome }) => outcome === 'lost') ? 'warning' : 'pass'
  return troublesOf(report).length === 0 ? 'pass' : 'warning'
}

function troublesOf(report: ArchiveReport): readonly string[] {
  switch (report.kind) {
    case 'pull':
      return report.folders.flatMap(({ path, unfinished, failures }) => [
        ...(unfinished === null ? [] : [`${path}: ${unfinished}`]),
        ...failures.map(({ uid, reason }) => `${words.failure(path, uid)}: ${reason}`),
      ])
    case 'verify':
    case 'scrub':
      return [...report.damage.map(damageLine), ...report.ledgerProblems]
    case 'rebuild':
      return report.damage.map(damageLine)
    case 'repair':
      return report.items.map(({ damage, says }) => `${damageLine(damage)}: ${says}`)
    case 'export':
    case 'bundle':
    case 'copy':
      return report.problems
    case 'import':
      return [...report.failures, ...report.notes].map(({ origin, reason }) => `${origin}: ${reason}`)
    case 'removal':
    case 'rewrite':
      return []
  }
}

function damageLine({ pack, offset, subject, folder, problem }: Damage): string {
  return [
    `${pack} @ ${offset}`,
    ...(subject === null ? [] : [subject]),
    ...(folder === null ? [] : [folder]),
    problem,
  ].join(' · ')
}
