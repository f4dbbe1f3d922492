import type { ArchiveSafety } from '../../../../core/archive/safety-endpoints.ts'
import { safetyWords as words } from '../../../i18n/archive-safety.ts'
import { useCommand } from '../../../ipc/index.ts'
import {
  Button,
  Facts,
  Finding,
  Group,
  Hint,
  Panel,
  RelativeTime,
  Stack,
  toastError,
} from '../../../ui/index.ts'
import { isRepairedSince, lastCheckOf } from './last-check.ts'

/** A scrub from the screen leaves the disk to other work. */
const gentleBytesPerSecond = 20_000_000

interface ChecksPanelProps {
  readonly archiveId: string
  readonly safety: ArchiveSafety
  readonly ready: boolean
}

/** What the last check of every byte said, and what can be done now. */
export function ChecksPanel({ archiveId, safety, ready }: ChecksPanelProps) {
  const { verify, scrub, scrubbing } = safety
  return (
    <Stack gap="md">
      <LastCheck archiveId={archiveId} safety={safety} ready={ready} />
      <Panel title={words.checks} aside={<CheckActs archiveId={archiveId} ready={ready} />}>
        <Stack gap="sm">
          <Facts
            facts={[
              [
                words.verified,
                verify === null ? words.never : <RelativeTime key="v" atMs={verify.endedAtMs} />,
              ],
              [
                words.scrubbed,
                scrub === null ? words.never : <RelativeTime key="s" atMs={scrub.endedAtMs} />,
              ],
              ...(scrubbing === null
                ? []
                : [[words.scrubbing, words.scrubbingAt(scrubbing.bytesDone)] as const]),
            ]}
          />
          <Hint>{words.scrubHint}</Hint>
        </Stack>
      </Panel>
    </Stack>
  )
}

function CheckActs({ archiveId, ready }: Omit<ChecksPanelProps, 'safety'>) {
  const verify = useCommand('archive.verify')
  const scrub = useCommand('archive.scrub')
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        disabled={!ready}
        loading={verify.isPending}
        onClick={() => verify.mutate({ archiveId }, { onError: toastError })}
      >
        {words.verify}
      </Button>
      <Button
        size="compact-sm"
        disabled={!ready}
        loading={scrub.isPending}
        onClick={() =>
          scrub.mutate({ archiveId, bytesPerSecond: gentleBytesPerSecond }, { onError: toastError })
        }
      >
        {words.scrub}
      </Button>
    </Group>
  )
}

function LastCheck({ archiveId, safety, ready }: ChecksPanelProps) {
  const last = lastCheckOf(safety)
  if (last === null) return <Finding state="unknown" what={words.neverChecked} />
  const { report, endedAtMs } = last
  const { damage, ledgerProblems, packBytes, messages } = report
  if (damage.length === 0 && ledgerProblems.length === 0)
    return <Finding state="pass" what={words.whole(packBytes, messages, endedAtMs)} />
  if (isRepairedSince(safety)) return <Finding state="unknown" what={words.repairedSince} />
  const what = damage.length === 0 ? words.historyBroken : words.damaged(damage.length)
  return (
    <Finding
      state="fail"
      what={what}
      {...(damage.length > 0 && {
        now: words.damagedNow,
        actions: <RepairActs archiveId={archiveId} ready={ready} />,
      })}
    />
  )
}

function RepairActs({ archiveId, ready }: Omit<ChecksPanelProps, 'safety'>) {
  const repair = useCommand('archive.repair')
  const start = (dryRun: boolean) => repair.mutate({ archiveId, dryRun }, { onError: toastError })
  return (
    <Group gap="xs">
      <Button variant="filled" disabled={!ready} loading={repair.isPending} onClick={() => start(false)}>
        {words.repair}
      </Button>
      <Button disabled={!ready} onClick={() => start(true)}>
        {words.dryRun}
      </Button>
    </Group>
  )
}
