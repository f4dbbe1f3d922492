import { useState } from 'react'
import { namesEverything } from '../../../../core/archive/retention.ts'
import type { RetentionRule } from '../../../../core/archive/retention.ts'
import { retentionFormWords as words } from '../../../i18n/retention.ts'
import { useCommand } from '../../../ipc/index.ts'
import { Choice, Dialog, DialogForm, Hint, NumberField, SwitchField, TextField } from '../../../ui/index.ts'
import { CriteriaFields, criteriaFrom, typedFrom } from './criteria-fields.tsx'

interface RuleDialogProps {
  readonly archiveId: string
  readonly opened: boolean
  /** Null makes a new one. */
  readonly rule: RetentionRule | null
  readonly onClose: () => void
}

/** Writes a retention rule. Saving it removes nothing. */
export function RuleDialog(props: RuleDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.ruleTitle} size="lg">
      <RuleForm {...props} />
    </Dialog>
  )
}

function RuleForm({ archiveId, rule, onClose }: RuleDialogProps) {
  const [name, setName] = useState(rule?.name ?? '')
  const [olderThanDays, setOlder] = useState(rule?.olderThanDays ?? 3650)
  const [ageOf, setAgeOf] = useState<RetentionRule['ageOf']>(rule?.ageOf ?? 'date')
  const [onlyGone, setOnlyGone] = useState(rule?.onlyGone ?? false)
  const [bySchedule, setBySchedule] = useState(rule?.bySchedule ?? false)
  const [typed, setTyped] = useState(() => typedFrom(rule?.criteria ?? null))
  const save = useCommand('archive.saveRule')
  const criteria = criteriaFrom(typed)
  const tooWide = namesEverything(criteria) && !onlyGone
  return (
    <DialogForm
      act={words.ruleAct}
      pending={save.isPending}
      disabled={name.trim() === '' || olderThanDays < 1 || tooWide}
      error={save.error}
      onSubmit={() =>
        save.mutate(
          {
            ...{ ruleId: rule?.ruleId ?? null, archiveId, name: name.trim(), criteria },
            ...{ olderThanDays, ageOf, onlyGone, bySchedule },
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <TextField
        label={words.name}
        hint={words.nameHint}
        required
        autoFocus
        value={name}
        error={null}
        onChange={setName}
      />
      <NumberField
        label={words.olderThan}
        hint={words.olderHint}
        min={1}
        max={73_000}
        value={olderThanDays}
        error={null}
        onChange={setOlder}
      />
      <Choice
        label={words.ageOf}
        labelled
        value={ageOf}
        options={[
          { value: 'date', label: words.ageOfs.date },
          { value: 'archived', label: words.ageOfs.archived },
        ]}
        onChange={setAgeOf}
      />
      <CriteriaFields typed={typed} onChange={setTyped} />
      <SwitchField label={words.onlyGone} value={onlyGone} error={null} onChange={setOnlyGone} />
      <SwitchField
        label={words.bySchedule}
        hint={words.byScheduleHint}
        value={bySchedule}
        error={null}
        onChange={setBySchedule}
      />
      {tooWide && <Hint>{words.needsOne}</Hint>}
    </DialogForm>
  )
}
