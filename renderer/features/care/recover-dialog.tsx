import { useState } from 'react'
import type { JunkMessage } from '../../../core/care/junk.ts'
import { junkWords as words } from '../../i18n/care-junk.ts'
import { useDesk } from '../../ipc/index.ts'
import { Dialog, DialogForm, Hint, SwitchField, TextField, toastDone, toastFailed } from '../../ui/index.ts'

interface RecoverDialogProps {
  readonly opened: boolean
  readonly messages: readonly JunkMessage[]
  readonly ticketId: string | null
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Moves messages out of junk: where to, and why. The reason is kept. */
export function RecoverDialog(props: RecoverDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.moveTitle}>
      <RecoverForm {...props} />
    </Dialog>
  )
}

function RecoverForm(props: RecoverDialogProps) {
  const { messages, ticketId } = props
  const [toFolder, setToFolder] = useState('INBOX')
  const [reason, setReason] = useState('')
  const [tellFilter, setTellFilter] = useState(true)
  const move = useMove(props)
  return (
    <DialogForm
      act={words.moveTo(messages.length)}
      pending={move.pending}
      disabled={reason.trim() === '' || toFolder.trim() === ''}
      error={move.error}
      onSubmit={() => void move.start({ toFolder: toFolder.trim(), reason: reason.trim(), tellFilter })}
      onClose={props.onClose}
    >
      <TextField
        label={words.reason}
        hint={words.reasonHint}
        required
        autoFocus
        value={reason}
        error={null}
        onChange={setReason}
      />
      <TextField label={words.target} required value={toFolder} error={null} onChange={setToFolder} />
      <SwitchField
        label={words.tellFilter}
        hint={words.tellFilterHint}
        value={tellFilter}
        error={null}
        onChange={setTellFilter}
      />
      {ticketId !== null && <Hint>{words.withTicket}</Hint>}
    </DialogForm>
  )
}

/** One call a folder, for a server moves out of one folder at a time. */
function useMove(props: RecoverDialogProps) {
  const { call } = useDesk()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  const start = async (how: {
    readonly toFolder: string
    readonly reason: string
    readonly tellFilter: boolean
  }): Promise<void> => {
    setPending(true)
    setError(null)
    try {
      let moved = 0
      for (const group of byFolder(props.messages)) {
        const first = group[0]
        if (first === undefined) continue
        const { mailboxId, folder, uidValidity } = first
        const uids = group.map(({ uid }) => uid)
        const place = { mailboxId, folder, uidValidity, uids }
        const { recoveries } = await call('care.recover', { ...place, ...how, ticketId: props.ticketId })
        moved += recoveries.filter(({ state }) => state === 'moved' || state === 'copied').length
      }
      if (moved < props.messages.length) toastFailed(words.notMovedTitle, words.notMoved)
      if (moved > 0) toastDone(words.moved(moved))
      props.onDone()
      props.onClose()
    } catch (failure) {
      setError(failure as Error)
    } finally {
      setPending(false)
    }
  }
  return { start, pending, error }
}

function byFolder(messages: readonly JunkMessage[]): readonly (readonly JunkMessage[])[] {
  const groups = new Map<string, JunkMessage[]>()
  for (const message of messages) {
    const key = `${message.mailboxId}/${message.uidValidity}/${message.folder}`
    groups.set(key, [...(groups.get(key) ?? []), message])
  }
  return [...groups.values()]
}
