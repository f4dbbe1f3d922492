import { useEffect } from 'react'
import { scheduleKind, type Schedule, type ScheduleWish } from '../../../core/schedules/types.ts'
import { scheduleFormWords as words, schedulesWords } from '../../i18n/schedules.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Dialog, DialogForm, EmptyState, SelectField, SwitchField, toastDone } from '../../ui/index.ts'
import { MailboxChoice } from './mailbox-choice.tsx'
import { RecurrenceFields } from './recurrence-fields.tsx'
import { useScheduleForm, type ScheduleForm } from './schedule-form.ts'
import { WindowFields } from './window-fields.tsx'

interface ScheduleDialogProps {
  readonly opened: boolean
  /** Null makes a new one. */
  readonly schedule: Schedule | null
  /** Chosen beforehand for a new one. */
  readonly archiveId: string | null
  readonly kind: string | null
  readonly onClose: () => void
}

/** Makes or changes a schedule. */
export function ScheduleDialog(props: ScheduleDialogProps) {
  const title = props.schedule === null ? words.createTitle : words.changeTitle
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={title}>
      <Form {...props} />
    </Dialog>
  )
}

function Form({ schedule, archiveId, kind, onClose }: ScheduleDialogProps) {
  const chosen = scheduleKind.safeParse(kind)
  const form = useScheduleForm(schedule, { archiveId, kind: chosen.success ? chosen.data : 'archive.pull' })
  const { save, pending, error } = useSave(schedule, onClose)
  const { values, set } = form
  return (
    <DialogForm
      act={schedule === null ? words.createAct : words.changeAct}
      pending={pending}
      disabled={form.wish === null}
      error={error}
      onSubmit={() => {
        if (form.wish !== null) save(form.wish)
      }}
      onClose={onClose}
    >
      <SelectField
        label={words.kind}
        value={values.kind}
        error={null}
        options={scheduleKind.options.map((value) => ({ value, label: schedulesWords.kinds[value] }))}
        onChange={(value) => set({ kind: value ?? values.kind })}
      />
      {values.kind === 'care.plan' ? <PlanField form={form} /> : <ArchiveField form={form} />}
      {values.kind === 'archive.pull' && (
        <MailboxChoice chosen={values.mailboxIds} onChange={(mailboxIds) => set({ mailboxIds })} />
      )}
      <RecurrenceFields form={form} />
      <WindowFields form={form} />
      <SwitchField
        label={words.onBattery}
        value={values.onBattery}
        error={null}
        onChange={(onBattery) => set({ onBattery })}
      />
      <SwitchField
        label={words.onMetered}
        value={values.onMetered}
        error={null}
        onChange={(onMetered) => set({ onMetered })}
      />
      <SwitchField
        label={words.enabled}
        value={values.enabled}
        error={null}
        onChange={(enabled) => set({ enabled })}
      />
    </DialogForm>
  )
}

function ArchiveField({ form }: { readonly form: ScheduleForm }) {
  const list = useQueryOf('archive.list', {})
  const archives = (list.data?.archives ?? []).filter(({ kind }) => kind === 'archive')
  const only = archives.length === 1 ? (archives[0]?.archiveId ?? null) : null
  const { archiveId } = form.values
  const { set } = form
  // Where there is only one, nobody has to choose it.
  useEffect(() => {
    if (archiveId === null && only !== null) set({ archiveId: only })
  }, [archiveId, only, set])
  if (list.data !== undefined && archives.length === 0) return <EmptyState title={words.noArchives} />
  return (
    <SelectField
      label={words.archive}
      required
      value={form.values.archiveId}
      error={null}
      options={archives.map(({ archiveId, name }) => ({ value: archiveId, label: name }))}
      onChange={(archiveId) => form.set({ archiveId })}
    />
  )
}

function PlanField({ form }: { readonly form: ScheduleForm }) {
  const list = useQueryOf('care.plans', {})
  const plans = list.data?.plans ?? []
  if (list.data !== undefined && plans.length === 0) return <EmptyState title={words.noPlans} />
  return (
    <SelectField
      label={words.plan}
      required
      value={form.values.planId}
      error={null}
      options={plans.map(({ planId, name }) => ({ value: planId, label: name }))}
      onChange={(planId) => form.set({ planId })}
    />
  )
}

function useSave(schedule: Schedule | null, onSaved: () => void) {
  const create = useCommand('schedules.create')
  const change = useCommand('schedules.change')
  const save = (wish: ScheduleWish): void => {
    const onSuccess = () => {
      toastDone(schedule === null ? words.createAct : words.changeAct)
      onSaved()
    }
    if (schedule === null) create.mutate(wish, { onSuccess })
    else change.mutate({ scheduleId: schedule.scheduleId, ...wish }, { onSuccess })
  }
  return { save, pending: create.isPending || change.isPending, error: create.error ?? change.error }
}
