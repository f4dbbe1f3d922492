import { useParams } from 'react-router'
import { safetyWords as words } from '../../../i18n/archive-safety.ts'
import { useQueryOf } from '../../../ipc/index.ts'
import { Finding, Page, QueryView, Stack } from '../../../ui/index.ts'
import { ArchiveTabs } from '../archive-tabs.tsx'
import { KeysPanel } from '../keys/keys-panel.tsx'
import { LeftFoldersPanel } from '../keys/left-folders-panel.tsx'
import { LiveRuns } from '../live-runs.tsx'
import { ChecksPanel } from './checks-panel.tsx'
import { CopiesPanel } from './copies-panel.tsx'
import { DamagePanel, RepairPanel } from './damage-panel.tsx'

/** /archive/:archiveId/safety: whether an archive is whole, its second copies, repair, and who can read it. */
export function SafetyPage() {
  const { archiveId = '' } = useParams()
  const archive = useQueryOf('archive.get', { archiveId })
  const safety = useQueryOf('archive.safety', { archiveId })
  return (
    <Page
      title={archive.data?.name ?? words.checks}
      lead={words.lead}
      tabs={<ArchiveTabs archiveId={archiveId} current="safety" />}
    >
      <Stack gap="md">
        <QueryView query={safety} rows={5}>
          {(known) => (
            <Stack gap="md">
              {archive.data?.state === 'not_found' ? (
                <Finding state="fail" what={words.notThere} now={words.notThereNow} />
              ) : (
                <ChecksPanel archiveId={archiveId} safety={known} ready={archive.data?.state === 'ready'} />
              )}
              <LiveRuns />
              <DamagePanel safety={known} />
              <RepairPanel safety={known} />
              {archive.data?.kind !== 'bundle' && <CopiesPanel archiveId={archiveId} copies={known.copies} />}
              {archive.data?.kind === 'archive' && <KeysPanel archive={archive.data} />}
              <LeftFoldersPanel archiveId={archiveId} />
            </Stack>
          )}
        </QueryView>
      </Stack>
    </Page>
  )
}
