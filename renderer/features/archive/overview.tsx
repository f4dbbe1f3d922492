import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { archiveWords, oneArchiveWords as words } from '../../i18n/archive.ts'
import { Bytes, DetailPane, Facts, RelativeTime } from '../../ui/index.ts'
import { CoveragePanel } from './coverage-panel.tsx'
import { KeysPanel } from './keys/keys-panel.tsx'
import { LiveRuns } from './live-runs.tsx'
import { ReportsPanel } from './reports-panel.tsx'
import { DrillSummaryPanel } from './restore/drill-summary.tsx'
import { SafetySummary } from './safety/safety-summary.tsx'

/** What one archive holds, how complete it is, and what was done with it. */
export function Overview(props: {
  readonly archive: ArchiveSummary
  readonly onFolder: (folderId: number) => void
}) {
  const { archive } = props
  return (
    <DetailPane>
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
      <LiveRuns />
      <SafetySummary archiveId={archive.archiveId} />
      <DrillSummaryPanel archiveId={archive.archiveId} />
      <CoveragePanel archiveId={archive.archiveId} onFolder={props.onFolder} />
      {archive.kind === 'archive' && <KeysPanel archive={archive} />}
      <ReportsPanel archiveId={archive.archiveId} />
    </DetailPane>
  )
}
