import { useState } from 'react'
import { secretWords as words } from '../../i18n/accounts.ts'
import { useCommand } from '../../ipc/index.ts'
import { Dialog, DialogButtons, ErrorState, Stack, toastDone } from '../../ui/index.ts'
import type { MailboxDetail } from './mailbox-card.tsx'
import { SecretFields, StoreNotice, useStoreReady } from './secret-fields.tsx'

interface SecretDialogProps {
  readonly mailbox: MailboxDetail
  /** A password of the practice company is kept until the program ends, whatever the vault does. */
  readonly practice: boolean
  readonly opened: boolean
  readonly onClose: () => void
}

/** Stores the password or token of a mailbox. */
export function SecretDialog(props: SecretDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.title[props.mailbox.signIn]}>
      <Fields {...props} />
    </Dialog>
  )
}

function Fields({ mailbox, practice, onClose }: SecretDialogProps) {
  const { mailboxId, signIn } = mailbox
  const [value, setValue] = useState({ secret: '', remember: !practice })
  const [problem, setProblem] = useState<string | null>(null)
  const set = useCommand('accounts.setSecret')
  const canKeep = useStoreReady() || !value.remember
  const formId = `secret-${mailboxId}`
  return (
    <Stack gap="md">
      {/* The vault has a form of its own, and forms do not nest: the button below belongs to this one by id. */}
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          if (value.secret === '') return setProblem(words.needed)
          set.mutate(
            { mailboxId, ...value },
            {
              onSuccess: ({ store }) => {
                toastDone(words.stored[store])
                onClose()
              },
            },
          )
        }}
      >
        <SecretFields
          signIn={signIn}
          value={value}
          error={problem}
          onChange={(next) => {
            setValue(next)
            setProblem(null)
          }}
        />
      </form>
      {!canKeep && <StoreNotice />}
      {set.error !== null && <ErrorState error={set.error} inline />}
      <DialogButtons
        act={words.save[signIn]}
        pending={set.isPending}
        disabled={!canKeep}
        formId={formId}
        onClose={onClose}
      />
    </Stack>
  )
}
