import { z } from 'zod'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { formWords as words } from '../../i18n/tickets.ts'
import { useCommand } from '../../ipc/index.ts'
import { Dialog, DialogForm, TextField, toastDone, toastError, useForm } from '../../ui/index.ts'
import { AboutMailbox } from './about-mailbox.tsx'

const editSchema = z.strictObject({
  subject: z.string().trim().min(1).max(500),
  name: z.string().max(200),
  email: z.string().trim().max(320),
  mailboxId: z.string().nullable(),
})

/** Changes subject, requester and mailbox. */
export function EditTicket(props: {
  readonly ticket: TicketDetail
  readonly opened: boolean
  readonly onClose: () => void
}) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.editTitle(props.ticket.number)}>
      <EditForm ticket={props.ticket} onClose={props.onClose} />
    </Dialog>
  )
}

function EditForm(props: { readonly ticket: TicketDetail; readonly onClose: () => void }) {
  const { ticket, onClose } = props
  const { requester } = ticket
  const edit = useCommand('tickets.edit')
  const undo = useCommand('tickets.undo')
  const form = useForm(editSchema, {
    subject: ticket.subject,
    name: requester.name,
    email: requester.email,
    mailboxId: ticket.mailboxId,
  })
  const save = (): void =>
    form.submit(({ subject, name, email, mailboxId }) => {
      const { ticketId } = ticket
      const isOther = name !== requester.name || email !== requester.email
      edit.mutate(
        {
          ticketId,
          ...(subject !== ticket.subject && { subject }),
          ...(isOther && {
            requester: { name, email, personId: email === requester.email ? requester.personId : null },
          }),
          ...(mailboxId !== ticket.mailboxId && { mailboxId }),
        },
        {
          onSuccess: ({ stepId }) => {
            onClose()
            if (stepId !== null)
              toastDone(words.saved, () => undo.mutate({ ticketId, stepId }, { onError: toastError }))
          },
        },
      )
    })
  return (
    <DialogForm
      act={words.save}
      pending={edit.isPending}
      disabled={!form.changed}
      error={edit.error}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField label={words.subject} autoFocus required {...form.field('subject')} />
      <TextField label={words.requesterName} {...form.field('name')} />
      <TextField label={words.requesterEmail} kind="email" {...form.field('email')} />
      <AboutMailbox {...form.field('mailboxId')} />
    </DialogForm>
  )
}
