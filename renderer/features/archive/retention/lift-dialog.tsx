import { useState } from 'react'
import type { LegalHold } from '../../../../core/archive/retention.ts'
import { retentionFormWords as words } from '../../../i18n/retention.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import { Dialog, DialogForm, TextAreaField, TextField } from '../../../ui/index.ts'

interface LiftDialogProps {
  readonly archiveId: string
  readonly hold: LegalHold
  readonly onClose: () => void
}

/** Lifts a hold, with who decides it and why. */
export function LiftDialog(props: LiftDialogProps) {
  return (
    <Dialog opened onClose={props.onClose} title={words.liftTitle(props.hold.name)}>
      <LiftForm {...props} />
    </Dialog>
  )
}

function LiftForm({ archiveId, hold, onClose }: LiftDialogProps) {
  const settings = useQueryOf('settings.get', {})
  const [reason, setReason] = useState('')
  const [by, setBy] = useState<string | null>(null)
  const lift = useCommand('archive.liftHold')
  const who = (by ?? settings.data?.operatorName ?? '').trim()
  return (
    <DialogForm
      act={words.liftAct}
      pending={lift.isPending}
      disabled={reason.trim() === '' || who === ''}
      error={lift.error}
      onSubmit={() =>
        lift.mutate(
          { archiveId, holdId: hold.holdId, by: who, reason: reason.trim() },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>{words.liftWhat}</p>
      <TextAreaField label={words.reason} required value={reason} error={null} onChange={setReason} />
      <TextField label={words.by} required value={who} error={null} onChange={setBy} />
    </DialogForm>
  )
}
