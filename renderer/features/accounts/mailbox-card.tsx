import { IconDots, IconKeyOff, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../../core/contract/index.ts'
import type { MailServer } from '../../../core/accounts/types.ts'
import { mailboxWords as words } from '../../i18n/accounts.ts'
import { useCommand } from '../../ipc/index.ts'
import {
  Button,
  ConfirmAct,
  CopyableAddress,
  Facts,
  IconButton,
  MachineText,
  Menu,
  Quiet,
  StateBadge,
  toastDone,
  toastError,
} from '../../ui/index.ts'
import { ArchivedLine, DiagnosedLine } from './mailbox-lines.tsx'
import { MailboxDialog } from './mailbox-dialog.tsx'
import { proposedValues, type MailboxAct } from './mailbox-link.ts'
import classes from './people.module.css'
import { SecretDialog } from './secret-dialog.tsx'
import { SignInResult } from './sign-in-result.tsx'

/** A mailbox with its servers and where its secret is. */
export type MailboxDetail = OutputOf<'accounts.get'>['mailboxes'][number]

type Opened = 'edit' | 'secret' | 'remove' | null

/** One mailbox: how it is reached, what is known of it, and what can be done about it. */
export function MailboxCard(props: {
  readonly mailbox: MailboxDetail
  readonly practice: boolean
  /** What the address of the page asks to be opened at once. */
  readonly asked: MailboxAct | null
  readonly onDone: () => void
}) {
  const { mailbox, practice, asked } = props
  const { mailboxId, address, signIn } = mailbox
  const [opened, setOpened] = useState<Opened>(asked?.act ?? null)
  const check = useCommand('accounts.checkSignIn')
  const close = () => {
    setOpened(null)
    if (asked !== null) props.onDone()
  }
  return (
    <section className={classes.card} aria-label={address}>
      <header className={classes.cardHead}>
        <h3 className={classes.cardTitle}>
          <CopyableAddress address={address} />
        </h3>
        <MailboxMenu mailbox={mailbox} onOpen={setOpened} />
      </header>
      <div className={classes.cardBody}>
        <Facts
          facts={[
            [words.receiving, <Server key="imap" server={mailbox.imap} />],
            [words.sending, <Server key="smtp" server={mailbox.smtp} />],
            ...(mailbox.username === address ? [] : [[words.username, mailbox.username] as const]),
            [words.signIn, <SecretLine key="secret" mailbox={mailbox} />],
            ...networkFacts(mailbox),
            [words.lastDiagnosis, <DiagnosedLine key="run" mailboxId={mailboxId} />],
            [words.archived, <ArchivedLine key="archive" address={address} />],
          ]}
        />
        <div className={classes.actions}>
          <Button variant="filled" component={Link} to={`/diagnose?mailbox=${mailboxId}`}>
            {words.diagnose}
          </Button>
          <Button component={Link} to={`/archive?mailbox=${mailboxId}`}>
            {words.archive}
          </Button>
          <Button
            loading={check.isPending}
            onClick={() => check.mutate({ target: { kind: 'mailbox', mailboxId } }, { onError: toastError })}
          >
            {words.check}
          </Button>
          <Button onClick={() => setOpened('secret')}>{words.setSecret[signIn]}</Button>
        </div>
        {check.data !== undefined && <SignInResult result={check.data} />}
      </div>
      <MailboxDialog
        mailbox={mailbox}
        {...(asked !== null && { proposed: proposedValues(asked) })}
        opened={opened === 'edit'}
        onClose={close}
      />
      <SecretDialog mailbox={mailbox} practice={practice} opened={opened === 'secret'} onClose={close} />
      <RemoveMailbox mailbox={mailbox} opened={opened === 'remove'} onClose={close} />
    </section>
  )
}

function Server(props: { readonly server: MailServer | null }) {
  if (props.server === null) return <Quiet>{words.noServer}</Quiet>
  const { host, port, security } = props.server
  return (
    <span className={classes.server}>
      <MachineText>{`${host}:${port}`}</MachineText>
      {security === 'none' ? (
        <StateBadge state="warning">{words.securities.none}</StateBadge>
      ) : (
        <Quiet>{words.securities[security]}</Quiet>
      )}
    </span>
  )
}

function SecretLine({ mailbox }: { readonly mailbox: MailboxDetail }) {
  const { signIn, secret } = mailbox
  const { state, store } = secret
  return (
    <span className={classes.server}>
      {words.signIns[signIn]}
      {state === 'stored' && store !== null ? (
        <StateBadge state="pass">{words.secretStates.stored[store]}</StateBadge>
      ) : (
        <StateBadge state={state === 'missing' ? 'warning' : 'unknown'}>
          {state === 'missing' ? words.secretStates.missing : words.secretStates.unknown}
        </StateBadge>
      )}
    </span>
  )
}

function networkFacts({ network }: MailboxDetail) {
  const { dnsServers, trustedCaPem } = network
  return [
    ...(dnsServers.length === 0
      ? []
      : [[words.ownDns, <MachineText key="dns">{dnsServers.join(', ')}</MachineText>] as const]),
    ...(trustedCaPem === null ? [] : [[words.ownCa, words.ownCaYes] as const]),
  ]
}

function MailboxMenu(props: { readonly mailbox: MailboxDetail; readonly onOpen: (what: Opened) => void }) {
  const { mailboxId, address, secret } = props.mailbox
  const forget = useCommand('accounts.forgetSecret')
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={words.more(address)}>
          <IconDots size={16} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => props.onOpen('edit')}>
          {words.edit}
        </Menu.Item>
        {secret.state === 'stored' && (
          <Menu.Item
            leftSection={<IconKeyOff size={14} aria-hidden />}
            onClick={() =>
              forget.mutate(
                { mailboxId },
                { onSuccess: () => toastDone(words.forgotten), onError: toastError },
              )
            }
          >
            {words.forget}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => props.onOpen('remove')}>
          {words.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function RemoveMailbox(props: {
  readonly mailbox: MailboxDetail
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { mailboxId, address } = props.mailbox
  const remove = useCommand('accounts.removeMailbox')
  return (
    <ConfirmAct
      opened={props.opened}
      onClose={props.onClose}
      title={words.removeTitle(address)}
      what={words.removeWhat}
      cannotBeUndone={words.removeCannot}
      wayBack={words.removeWayBack}
      actLabel={words.remove}
      onConfirm={async () => {
        await remove.mutateAsync({ mailboxId })
        toastDone(words.removed(address))
      }}
    />
  )
}
