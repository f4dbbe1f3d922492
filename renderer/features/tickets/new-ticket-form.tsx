import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import type { Evidence } from '../../../core/tickets/types.ts'
import { ticketCategory, ticketPriority } from '../../../core/tickets/types.ts'
import { formWords as words, ticketWords } from '../../i18n/tickets.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  Group,
  KeyCaps,
  SelectField,
  SimpleGrid,
  Stack,
  TextAreaField,
  TextField,
  toastDone,
  toastError,
  useForm,
  type Form,
} from '../../ui/index.ts'
import { categoryOptions, priorityOptions, useAssigneeChoices } from './choices.ts'
import { useDrafts } from './drafts.ts'
import { EvidenceCard } from './evidence-card.tsx'
import { AboutMailbox } from './about-mailbox.tsx'
import classes from './ticket.module.css'

const newTicketValues = z.strictObject({
  subject: z.string().trim().min(1).max(500),
  email: z.string().trim().max(320),
  name: z.string().trim().max(200),
  personId: z.string().nullable(),
  mailboxId: z.string().nullable(),
  description: z.string().max(200_000),
  note: z.string().max(200_000),
  category: ticketCategory,
  priority: ticketPriority,
  /** An assignee key; '' for nobody. */
  assignee: z.string(),
})
export type NewTicketValues = z.infer<typeof newTicketValues>

/** The form of a new ticket. What was typed is kept until the ticket is open or the draft is discarded. */
export function NewTicketForm(props: {
  readonly draftName: string
  readonly start: NewTicketValues
  readonly evidence: readonly Evidence[]
}) {
  const { draftName, start, evidence } = props
  const [draft] = useState(
    () => newTicketValues.safeParse(useDrafts.getState().forms[draftName]).data ?? null,
  )
  const form = useForm<NewTicketValues>(newTicketValues, draft ?? start)
  const { keepForm, dropForm } = useDrafts()
  const people = useAssigneeChoices()
  const open = useCommand('tickets.open')
  const navigate = useNavigate()
  useKeptForm(draftName, form, start, keepForm, dropForm)
  const submit = (): void =>
    form.submit(({ email, name, personId, assignee, ...values }) =>
      open.mutate(
        {
          ...values,
          requester: { email, name, personId },
          assignee: people.resolve(assignee),
          evidence: [...evidence],
        },
        {
          onSuccess: ({ ticketId, number }) => {
            dropForm(draftName)
            toastDone(words.opened(number))
            void navigate(`/queue/${ticketId}`)
          },
          onError: toastError,
        },
      ),
    )
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <Stack gap="md">
        {draft !== null && <p className={classes.restored}>{words.restored}</p>}
        <TextField
          label={words.subject}
          hint={words.subjectHint}
          required
          autoFocus
          {...form.field('subject')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TextField label={words.requesterEmail} kind="email" {...form.field('email')} />
          <TextField label={words.requesterName} {...form.field('name')} />
        </SimpleGrid>
        <KnownMailbox form={form} />
        <AboutMailbox {...form.field('mailboxId')} />
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
          <SelectField
            label={ticketWords.category}
            options={categoryOptions}
            {...selectOf(form, 'category')}
          />
          <SelectField
            label={ticketWords.priority}
            options={priorityOptions}
            {...selectOf(form, 'priority')}
          />
          <SelectField
            label={ticketWords.assignee}
            options={people.options}
            {...selectOf(form, 'assignee')}
          />
        </SimpleGrid>
        <TextAreaField label={words.description} {...form.field('description')} />
        <TextAreaField label={words.note} hint={words.noteHint} {...form.field('note')} />
        {evidence.map((one) => (
          <EvidenceCard key={one.id} evidence={one} ticketId="" />
        ))}
        <Group gap="xs">
          <Button
            type="submit"
            variant="filled"
            loading={open.isPending}
            rightSection={<KeyCaps keys="mod+Enter" />}
          >
            {words.open}
          </Button>
          <Button disabled={!form.changed && draft === null} onClick={() => form.reset(start)}>
            {words.discard}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A field that always has a value, as a select. */
function selectOf<K extends 'category' | 'priority' | 'assignee'>(form: Form<NewTicketValues>, name: K) {
  const { value, error, onChange } = form.field(name)
  return {
    value,
    error,
    onChange: (next: NewTicketValues[K] | null) => {
      if (next !== null) onChange(next)
    },
  }
}

/** Keeps every change of the form; a form that is as it began is not kept. */
function useKeptForm(
  name: string,
  form: Form<NewTicketValues>,
  start: NewTicketValues,
  keep: (name: string, values: unknown) => void,
  drop: (name: string) => void,
): void {
  const { values } = form
  const isStart = JSON.stringify(values) === JSON.stringify(start)
  useEffect(() => {
    if (isStart) drop(name)
    else keep(name, values)
  }, [name, values, isStart, keep, drop])
}

/** Links the mailbox of the requester's address when the desk knows it. */
function KnownMailbox(props: { readonly form: Form<NewTicketValues> }) {
  const { form } = props
  const { email, mailboxId } = form.values
  const { data } = useQueryOf(
    'accounts.listMailboxes',
    { text: email.trim(), limit: 5 },
    { enabled: mailboxId === null && /^\S+@\S+\.\S+$/.test(email.trim()) },
  )
  const known = data?.mailboxes.find(({ address }) => address.toLowerCase() === email.trim().toLowerCase())
  const { onChange: linkMailbox } = form.field('mailboxId')
  const { onChange: linkPerson } = form.field('personId')
  const { onChange: nameThem } = form.field('name')
  if (known === undefined || mailboxId !== null) return null
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        onClick={() => {
          linkMailbox(known.mailboxId)
          linkPerson(known.personId)
          if (form.values.name.trim() === '') nameThem(known.personName)
        }}
      >
        {words.linkKnown(known.address)}
      </Button>
    </Group>
  )
}
