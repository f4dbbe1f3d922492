import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Person } from '../../../core/accounts/types.ts'
import { addWords as words, mailboxWords, secretWords } from '../../i18n/accounts.ts'
import { useCommand } from '../../ipc/index.ts'
import {
  Button,
  ErrorState,
  Facts,
  MachineText,
  Panel,
  Quiet,
  Stack,
  toastDone,
  useForm,
  type Form,
} from '../../ui/index.ts'
import { fieldsOf, mailboxValues, type MailboxValues } from './mailbox-fields.ts'
import classes from './people.module.css'
import { SecretFields, StoreNotice, useStoreReady } from './secret-fields.tsx'
import { MailboxSettings } from './server-fields.tsx'
import { SignInResult } from './sign-in-result.tsx'
import type { Who } from './who-form.tsx'

interface ConnectFormProps {
  readonly person: Person | null
  readonly who: Who
  readonly initial: MailboxValues
  /** Whether the settings are open for typing; else they are shown, and can be opened. */
  readonly open: boolean
}

/** Settings, password, check, save: the last steps of adding a mailbox. */
export function ConnectForm({ person, who, initial, open }: ConnectFormProps) {
  const form = useForm(mailboxValues, initial)
  const [typed, setTyped] = useState({ secret: '', remember: true })
  const [problem, setProblem] = useState<string | null>(null)
  const check = useCommand('accounts.checkSignIn')
  const { save, pending, error } = useSave(person, who)
  const storeReady = useStoreReady()
  const canKeep = storeReady || !typed.remember || typed.secret === ''
  const { signIn } = form.values
  const tryIt = () => {
    if (typed.secret === '') setProblem(secretWords.needed)
    else
      form.submit((values) =>
        check.mutate({ target: { kind: 'draft', mailbox: fieldsOf(values), secret: typed.secret } }),
      )
  }
  return (
    <>
      <Panel title={words.settings}>
        <Settings form={form} open={open} />
      </Panel>
      <Panel title={words.signIn}>
        <Stack gap="md">
          <SecretFields
            signIn={signIn}
            value={typed}
            error={problem}
            onChange={(next) => {
              setTyped(next)
              setProblem(null)
              check.reset()
            }}
          />
          {!canKeep && <StoreNotice />}
          {check.data !== undefined && <SignInResult result={check.data} />}
          {check.error !== null && <ErrorState error={check.error} inline />}
          {error !== null && <ErrorState error={error} inline />}
          <div className={classes.actions}>
            <Button
              variant={check.data === undefined ? 'filled' : 'default'}
              loading={check.isPending}
              onClick={tryIt}
            >
              {check.data === undefined ? words.check : words.checkAgain}
            </Button>
            <Button
              variant={check.data === undefined ? 'default' : 'filled'}
              loading={pending}
              disabled={!canKeep}
              onClick={() => form.submit((values) => save(values, typed))}
            >
              {person === null ? words.save : words.saveMailbox}
            </Button>
            {check.data === undefined && <Quiet>{words.saveUnchecked}</Quiet>}
          </div>
        </Stack>
      </Panel>
    </>
  )
}

function Settings({ form, open }: { readonly form: Form<MailboxValues>; readonly open: boolean }) {
  const [opened, setOpened] = useState(open)
  if (opened) return <MailboxSettings form={form} />
  const { imapHost, imapPort, imapSecurity, smtpHost, smtpPort, smtpSecurity, username, signIn } = form.values
  const server = (host: string, port: number, security: MailboxValues['imapSecurity']) =>
    host === '' ? (
      mailboxWords.noServer
    ) : (
      <>
        <MachineText>{`${host}:${port}`}</MachineText> {mailboxWords.securities[security]}
      </>
    )
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [mailboxWords.receiving, server(imapHost, imapPort, imapSecurity)],
          [mailboxWords.sending, server(smtpHost, smtpPort, smtpSecurity)],
          [mailboxWords.username, <bdi key="username">{username}</bdi>],
          [mailboxWords.signIn, mailboxWords.signIns[signIn]],
        ]}
      />
      <div>
        <Button onClick={() => setOpened(true)}>{words.change}</Button>
      </div>
    </Stack>
  )
}

/** Saves a new person with the mailbox, or the mailbox of a person who is here already; then shows them. */
function useSave(person: Person | null, who: Who) {
  const navigate = useNavigate()
  const add = useCommand('accounts.add')
  const addMailbox = useCommand('accounts.addMailbox')
  const save = (values: MailboxValues, { secret, remember }: { secret: string; remember: boolean }): void => {
    const mailbox = fieldsOf(values)
    const given = { mailbox, secret: secret === '' ? null : secret, remember }
    const done = (personId: string, text: string) => {
      toastDone(text)
      void navigate(`/people/${personId}`, { replace: true })
    }
    if (person === null)
      add.mutate(
        { name: who.name, email: who.email, ...given },
        { onSuccess: ({ personId }) => done(personId, words.saved(who.name)) },
      )
    else
      addMailbox.mutate(
        { personId: person.personId, ...given },
        { onSuccess: () => done(person.personId, words.savedMailbox(values.address)) },
      )
  }
  return { save, pending: add.isPending || addMailbox.isPending, error: add.error ?? addMailbox.error }
}
