import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { PowerState, Schedule } from '../../../core/schedules/types.ts'
import { schedulesWords as words } from '../../i18n/schedules.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  ConfirmAct,
  EmptyState,
  Hint,
  Page,
  Panel,
  QueryView,
  Stack,
  toastDone,
  useHotkeys,
} from '../../ui/index.ts'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { ScheduleRow } from './schedule-row.tsx'
import { useTargetNames } from './target-names.ts'

/** /schedules (?create=1, with ?archive= and ?kind= chosen beforehand): everything that runs by itself. */
export function SchedulesPage() {
  const [query, setQuery] = useSearchParams()
  const list = useQueryOf('schedules.list', {})
  const names = useTargetNames()
  const [changed, setChanged] = useState<Schedule | null>(null)
  const [removed, setRemoved] = useState<Schedule | null>(null)
  const create = () => setQuery({ create: '1' })
  useHotkeys(words.shortcuts, [{ keys: 'n', label: words.create, run: create }])
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Button variant="filled" onClick={create}>
          {words.create}
        </Button>
      }
    >
      <QueryView query={list} rows={4}>
        {({ schedules, power, runsHere }) =>
          schedules.length === 0 ? (
            <EmptyState title={words.emptyTitle} action={<Button onClick={create}>{words.create}</Button>}>
              {words.emptyText}
            </EmptyState>
          ) : (
            <Stack gap="md">
              <Panel title={words.title} flush>
                <ul>
                  {schedules.map((schedule) => (
                    <ScheduleRow
                      key={schedule.scheduleId}
                      schedule={schedule}
                      names={names}
                      onChange={() => setChanged(schedule)}
                      onRemove={() => setRemoved(schedule)}
                    />
                  ))}
                </ul>
              </Panel>
              <Unknowns power={power} runsHere={runsHere} />
            </Stack>
          )
        }
      </QueryView>
      <ScheduleDialog
        key={changed?.scheduleId ?? 'new'}
        opened={changed !== null || query.has('create')}
        schedule={changed}
        archiveId={query.get('archive')}
        kind={query.get('kind')}
        onClose={() => (changed === null ? setQuery({}) : setChanged(null))}
      />
      <RemoveDialog schedule={removed} onClose={() => setRemoved(null)} />
    </Page>
  )
}

/** What the computer does not tell, and what follows from it. */
function Unknowns(props: { readonly power: PowerState; readonly runsHere: boolean }) {
  const { power, runsHere } = props
  const lines = [
    ...(runsHere ? [] : [words.notHere]),
    ...(power.onBattery === null ? [words.power.battery] : []),
    ...(power.metered === null ? [words.power.metered] : []),
  ]
  return lines.map((line) => <Hint key={line}>{line}</Hint>)
}

function RemoveDialog(props: { readonly schedule: Schedule | null; readonly onClose: () => void }) {
  const { schedule, onClose } = props
  const remove = useCommand('schedules.remove')
  return (
    <ConfirmAct
      opened={schedule !== null}
      onClose={onClose}
      title={words.removeTitle}
      what={words.removeWhat}
      cannotBeUndone={words.removeUndone}
      wayBack={words.removeBack}
      actLabel={words.remove}
      onConfirm={async () => {
        if (schedule !== null) await remove.mutateAsync({ scheduleId: schedule.scheduleId })
        toastDone(words.remove)
      }}
    />
  )
}
