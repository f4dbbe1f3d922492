import { useState } from 'react'
import { Link } from 'react-router'
import type { CleanupPlan } from '../../../core/care/plans.ts'
import { planWords as words } from '../../i18n/care-plans.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  Checkbox,
  Choice,
  Dialog,
  DialogForm,
  EmptyState,
  FieldPair,
  Hint,
  NumberField,
  SelectField,
  SwitchField,
  TextAreaField,
  TextField,
} from '../../ui/index.ts'
import classes from './care.module.css'
import { hasCondition, toInput, valuesOf } from './plan-values.ts'
import type { PlanValues } from './plan-values.ts'

interface PlanDialogProps {
  readonly opened: boolean
  /** Null: a new one. */
  readonly plan: CleanupPlan | null
  /** For a new one: the mailbox from whose screen one comes. */
  readonly mailboxId: string | null
  readonly onClose: () => void
}

/** Makes or changes a plan: what it takes, from where, into which archive. */
export function PlanDialog(props: PlanDialogProps) {
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title={props.plan === null ? words.create : words.edit}
      size="lg"
    >
      <PlanForm {...props} />
    </Dialog>
  )
}

function PlanForm({ plan, mailboxId, onClose }: PlanDialogProps) {
  const [values, setValues] = useState(() => valuesOf(plan, mailboxId))
  const save = useCommand('care.savePlan')
  const list = useQueryOf('archive.list', {})
  const archives = (list.data?.archives ?? []).filter(({ kind }) => kind === 'archive')
  const archiveId = values.archiveId ?? archives[0]?.archiveId ?? null
  const field = <K extends keyof PlanValues>(name: K) => ({
    value: values[name],
    error: null,
    onChange: (value: PlanValues[K]) => setValues((before) => ({ ...before, [name]: value })),
  })
  if (list.data !== undefined && archives.length === 0)
    return (
      <EmptyState
        title={words.noArchive}
        action={
          <Button component={Link} to="/archive?create=1">
            {words.makeArchive}
          </Button>
        }
      />
    )
  const limited = hasCondition(values)
  const ready = limited && archiveId !== null && values.name.trim() !== '' && values.mailboxIds?.length !== 0
  return (
    <DialogForm
      act={words.save}
      pending={save.isPending}
      disabled={!ready}
      error={save.error}
      onSubmit={() => {
        if (archiveId !== null) save.mutate(toInput(values, archiveId, plan), { onSuccess: onClose })
      }}
      onClose={onClose}
    >
      <TextField label={words.name} required autoFocus {...field('name')} />
      <FieldPair>
        <NumberField
          label={words.olderThan}
          hint={words.olderHint}
          min={0}
          max={36500}
          {...field('olderThanDays')}
        />
        <NumberField
          label={words.attachmentsOver}
          hint={words.attachmentsHint}
          min={0}
          {...field('attachmentsOverMb')}
        />
      </FieldPair>
      <FieldPair>
        <NumberField label={words.largerThan} hint={words.largerHint} min={0} {...field('largerThanMb')} />
        <SelectField
          label={words.archive}
          hint={words.archiveHint}
          value={archiveId}
          error={null}
          onChange={field('archiveId').onChange}
          options={archives.map((archive) => ({ value: archive.archiveId, label: archive.name }))}
        />
      </FieldPair>
      <FieldPair>
        <TextAreaField label={words.senders} hint={words.sendersHint} {...field('senders')} />
        <TextAreaField label={words.folders} hint={words.foldersHint} {...field('folders')} />
      </FieldPair>
      <SwitchField label={words.duplicatesOnly} hint={words.duplicatesHint} {...field('duplicatesOnly')} />
      <SwitchField label={words.keepUnread} hint={words.keepHint} {...field('keepUnread')} />
      <SwitchField label={words.compareAgain} hint={words.compareHint} {...field('compareAgain')} />
      <SwitchField label={words.removalField} hint={words.removalHint} {...field('removalOn')} />
      <MailboxChecks value={values.mailboxIds} onChange={field('mailboxIds').onChange} />
      {!limited && <Hint>{words.noCondition}</Hint>}
    </DialogForm>
  )
}

/** All mailboxes, also those that come later, or chosen ones. */
function MailboxChecks(props: {
  readonly value: readonly string[] | null
  readonly onChange: (mailboxIds: readonly string[] | null) => void
}) {
  const { value, onChange } = props
  const list = useQueryOf('accounts.listMailboxes', { limit: 500 })
  return (
    <div>
      <Choice
        label={words.which}
        labelled
        value={value === null ? 'all' : 'some'}
        onChange={(which) => onChange(which === 'all' ? null : [])}
        options={[
          { value: 'all', label: words.whichAll },
          { value: 'some', label: words.whichSome },
        ]}
      />
      {value !== null && (
        <div className={classes.checks} role="group" aria-label={words.which}>
          {(list.data?.mailboxes ?? []).map(({ mailboxId, address, personName }) => (
            <Checkbox
              key={mailboxId}
              label={`${personName} · ${address}`}
              checked={value.includes(mailboxId)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...value, mailboxId]
                    : value.filter((one) => one !== mailboxId),
                )
              }
            />
          ))}
        </div>
      )}
    </div>
  )
}
