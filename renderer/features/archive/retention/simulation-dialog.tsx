import { useState } from 'react'
import type { RetentionEffect, RetentionRule } from '../../../../core/archive/retention.ts'
import { simulationWords as words } from '../../../i18n/retention.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import {
  Button,
  Bytes,
  ConfirmAct,
  DataTable,
  Dialog,
  Facts,
  Group,
  Hint,
  QueryView,
  RelativeTime,
  Stack,
  TextField,
  toastDone,
  type Column,
} from '../../../ui/index.ts'

interface SimulationProps {
  readonly archiveId: string
  readonly rule: RetentionRule
  readonly onClose: () => void
}

/** What a rule would remove now, and the way to do it. */
export function SimulationDialog({ archiveId, rule, onClose }: SimulationProps) {
  const simulation = useQueryOf('archive.simulateRetention', { archiveId, ruleId: rule.ruleId })
  const [applied, setApplied] = useState<RetentionEffect | null>(null)
  return (
    <>
      <Dialog opened={applied === null} onClose={onClose} title={words.title(rule.name)} size="xl">
        <QueryView query={simulation} rows={5}>
          {(effect) => <Effect effect={effect} onApply={() => setApplied(effect)} />}
        </QueryView>
      </Dialog>
      {applied !== null && <Apply archiveId={archiveId} effect={applied} onClose={onClose} />}
    </>
  )
}

function Effect(props: { readonly effect: RetentionEffect; readonly onApply: () => void }) {
  const { effect } = props
  return (
    <Stack gap="md">
      {effect.occurrences === 0 && <p>{words.nothing}</p>}
      <Facts
        facts={[
          [words.removed, words.removedValue(effect)],
          [words.held, words.heldValue(effect)],
          [words.stillThere, words.stillThereValue(effect.stillOnServer)],
          [words.span, words.spanValue(effect)],
        ]}
      />
      <Hint>{words.removedHint}</Hint>
      {effect.sample.length > 0 && (
        <DataTable
          label={words.sample(effect.sample.length)}
          columns={columns}
          rows={effect.sample}
          idOf={({ occurrenceId }) => String(occurrenceId)}
          maxHeight={320}
        />
      )}
      <Group justify="flex-end">
        <Button variant="filled" disabled={effect.occurrences === 0} onClick={props.onApply}>
          {words.apply}
        </Button>
      </Group>
    </Stack>
  )
}

function Apply(props: {
  readonly archiveId: string
  readonly effect: RetentionEffect
  readonly onClose: () => void
}) {
  const { archiveId, effect, onClose } = props
  const { ruleId, fingerprint } = effect
  const settings = useQueryOf('settings.get', {})
  const [by, setBy] = useState<string | null>(null)
  const apply = useCommand('archive.applyRetention')
  const who = (by ?? settings.data?.operatorName ?? '').trim()
  return (
    <ConfirmAct
      opened
      onClose={onClose}
      title={words.applyTitle(effect.messages)}
      what={
        <Stack gap="sm">
          <p>{words.applyWhat}</p>
          <TextField label={words.by} required value={who} error={null} onChange={setBy} />
        </Stack>
      }
      howMany={words.removedValue(effect)}
      cannotBeUndone={words.applyUndone}
      wayBack={words.applyBack}
      actLabel={words.apply}
      typed={words.typed}
      onConfirm={async () => {
        await apply.mutateAsync({ archiveId, ruleId, fingerprint, by: who })
        toastDone(words.started)
      }}
    />
  )
}

const columns: readonly Column<RetentionEffect['sample'][number]>[] = [
  {
    id: 'date',
    header: words.columns.date,
    width: '140px',
    cell: ({ dateMs }) => (dateMs === null ? '' : <RelativeTime atMs={dateMs} />),
  },
  { id: 'from', header: words.columns.from, cell: ({ from }) => <bdi>{from}</bdi> },
  {
    id: 'subject',
    header: words.columns.subject,
    width: 'minmax(160px, 2fr)',
    cell: ({ subject }) => <bdi>{subject === '' ? words.noSubject : subject}</bdi>,
  },
  { id: 'folder', header: words.columns.folder, cell: ({ folder }) => <bdi>{folder}</bdi> },
  {
    id: 'size',
    header: words.columns.size,
    align: 'end',
    width: '88px',
    cell: ({ sizeBytes }) => <Bytes sizeBytes={sizeBytes} />,
  },
]
