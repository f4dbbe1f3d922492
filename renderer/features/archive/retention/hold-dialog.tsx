import { useState } from 'react'
import { retentionFormWords as words } from '../../../i18n/retention.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import { Dialog, DialogForm, FieldPair, TextAreaField, TextField } from '../../../ui/index.ts'
import { CriteriaFields, criteriaFrom, typedFrom } from './criteria-fields.tsx'

interface HoldDialogProps {
  readonly archiveId: string
  readonly opened: boolean
  readonly onClose: () => void
}

/** Places a legal hold. */
export function HoldDialog(props: HoldDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.holdTitle} size="lg">
      <HoldForm {...props} />
    </Dialog>
  )
}

function HoldForm({ archiveId, onClose }: HoldDialogProps) {
  const settings = useQueryOf('settings.get', {})
  const [name, setName] = useState('')
  const [reason, setReason] = useState('')
  const [by, setBy] = useState<string | null>(null)
  const [typed, setTyped] = useState(() => typedFrom(null))
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const place = useCommand('archive.placeHold')
  const who = (by ?? settings.data?.operatorName ?? '').trim()
  const fromMs = dayOf(from)
  const toMs = dayOf(to)
  const ready =
    [name.trim(), reason.trim(), who].every((text) => text !== '') && fromMs !== false && toMs !== false
  return (
    <DialogForm
      act={words.holdAct}
      pending={place.isPending}
      disabled={!ready}
      error={place.error}
      onSubmit={() => {
        if (fromMs === false || toMs === false) return
        const lastMs = toMs === null ? null : toMs + 24 * 3_600_000 - 1
        const criteria = { ...criteriaFrom(typed), fromMs, toMs: lastMs }
        place.mutate(
          { archiveId, name: name.trim(), by: who, reason: reason.trim(), criteria },
          { onSuccess: onClose },
        )
      }}
      onClose={onClose}
    >
      <TextField label={words.name} required autoFocus value={name} error={null} onChange={setName} />
      <TextAreaField label={words.reason} required value={reason} error={null} onChange={setReason} />
      <TextField label={words.by} required value={who} error={null} onChange={setBy} />
      <CriteriaFields typed={typed} onChange={setTyped} />
      <FieldPair>
        <TextField
          label={words.from}
          hint={words.dateHint}
          value={from}
          error={fromMs === false ? words.badDate : null}
          onChange={setFrom}
        />
        <TextField
          label={words.to}
          hint={words.dateHint}
          value={to}
          error={toMs === false ? words.badDate : null}
          onChange={setTo}
        />
      </FieldPair>
    </DialogForm>
  )
}

/** A day of the calendar as its first millisecond; null for nothing, false for what is no date. */
function dayOf(text: string): number | null | false {
  if (text.trim() === '') return null
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) return false
  const ms = Date.parse(`${text.trim()}T00:00:00Z`)
  return Number.isNaN(ms) ? false : ms
}
