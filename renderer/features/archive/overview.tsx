import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { archiveWords, oneArchiveWords as words } from '../../i18n/archive.ts'
import { Bytes, DetailPane, Facts, RelativeTime } from '../../ui/index.ts'
import { CoveragePanel } from './coverage-panel.tsx'
import { LiveRuns } from './live-runs.tsx'
import { ReportsPanel } from './reports-panel.tsx'
import { StandingPanel } from './standing-panel.tsx'

/** One archive in one look: how it stands, what runs, what each folder lacks, and what was done with it. */
export function Overview(props: {
  readonly archive: ArchiveSummary
  readonly onFolder: (folderId: number) => void
  readonly onPull: () => void
}) {
  const { archive } = props
  return (
    <DetailPane>
      <StandingPanel archive={archive} onPull={archive.kind === 'archive' ? props.onPull : null} />
      <LiveRuns />
      <CoveragePanel archiveId={archive.archiveId} onFolder={props.onFolder} />
      <ReportsPanel archiveId={archive.archiveId} />
      <Facts
        facts={[
          [
            words.lastArchived,
            archive.lastArchivedAtMs === null ? (
              archiveWords.notYet
            ) : (
              <RelativeTime key="last" atMs={archive.lastArchivedAtMs} />
            ),
          ],
          [archiveWords.columns.stored, <Bytes key="stored" sizeBytes={archive.storedBytes} />],
          [archiveWords.columns.path, <bdi key="path">{archive.path}</bdi>],
        ]}
      />
    </DetailPane>
  )
}
