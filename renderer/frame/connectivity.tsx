import { connectivityWords } from '../i18n/frame.ts'
import { useConnectionState, useQueryOf } from '../ipc/index.ts'
import { StateMark, Stack, Text, type StepState } from '../ui/index.ts'
import { RailPopover } from './rail-popover.tsx'
import { reachOf, type Reach } from './reach.ts'
import { ToolButton } from './tool-button.tsx'

const markOf: Readonly<Record<Reach, StepState>> = {
  online: 'pass',
  offline: 'warning',
  connecting: 'running',
  disconnected: 'fail',
  unknown: 'unknown',
}

/** The indicator on the rail; opens to what it means and what still works. */
export function Connectivity() {
  const line = useConnectionState()
  const status = useQueryOf('desk.status', {}, { refetchEveryMs: 30_000 })
  const reach = reachOf(line, status.isError ? 'failed' : status.data?.network)
  const words = connectivityWords[reach]
  return (
    <RailPopover
      label={connectivityWords.title}
      width={320}
      button={<ToolButton picture={<StateMark state={markOf[reach]} size={16} />} word={words.word} />}
    >
      <Stack gap={4} p="md" role="status">
        <Text fw={600}>{words.sentence}</Text>
        <Text fz="sm" c="dimmed">
          {words.works}
        </Text>
      </Stack>
    </RailPopover>
  )
}
