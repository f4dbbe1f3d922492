import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { OutputOf } from '../../../core/contract/index.ts'
import type { Person } from '../../../core/accounts/types.ts'
import { peopleWords, personWords as words } from '../../i18n/accounts.ts'
import { useCommand } from '../../ipc/index.ts'
import {
  Button,
  ConfirmAct,
  CopyableAddress,
  DetailPane,
  EmptyState,
  IconButton,
  Menu,
  toastDone,
} from '../../ui/index.ts'
import classes from './people.module.css'
import { MailboxCard } from './mailbox-card.tsx'
import { mailboxActIn, withoutAct } from './mailbox-link.ts'
import { PersonForm } from './person-form.tsx'

interface PersonViewProps {
  readonly person: Person
  readonly mailboxes: OutputOf<'accounts.get'>['mailboxes']
}

/** One person: who they are, and their mailboxes with what can be done about each. */
export function PersonView({ person, mailboxes }: PersonViewProps) {
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  const [query, setQuery] = useSearchParams()
  const asked = mailboxActIn(query)
  return (
    <DetailPane width="reading">
      <header className={classes.head}>
        <div className={classes.headWords}>
          <h2 className={classes.name} tabIndex={-1} data-person-title>
            <bdi>{person.name}</bdi>
          </h2>
          <div className={classes.headLine}>
            <CopyableAddress address={person.email} />
            {person.origin === 'practice' && <span className={classes.tag}>{peopleWords.practice}</span>}
          </div>
        </div>
        <div className={classes.headActions}>
          {mailboxes.length > 0 && (
            <Button
              component={Link}
              to={`/people/${person.personId}?add=1`}
              leftSection={<IconPlus size={14} aria-hidden />}
            >
              {words.addMailbox}
            </Button>
          )}
          <PersonMenu onEdit={() => setEditing(true)} onRemove={() => setRemoving(true)} />
        </div>
      </header>
      {mailboxes.length === 0 ? (
        <EmptyState
          title={words.noMailboxTitle}
          action={
            <Button variant="filled" component={Link} to={`/people/${person.personId}?add=1`}>
              {words.addMailbox}
            </Button>
          }
        >
          {words.noMailboxText}
        </EmptyState>
      ) : (
        mailboxes.map((mailbox) => (
          <MailboxCard
            key={mailbox.mailboxId}
            mailbox={mailbox}
            practice={person.origin === 'practice'}
            asked={asked?.mailboxId === mailbox.mailboxId ? asked : null}
            onDone={() => setQuery(withoutAct, { replace: true })}
          />
        ))
      )}
      <PersonForm person={person} opened={editing} onClose={() => setEditing(false)} />
      <RemovePerson
        person={person}
        addresses={mailboxes.map(({ address }) => address)}
        opened={removing}
        onClose={() => setRemoving(false)}
      />
    </DetailPane>
  )
}

function PersonMenu(props: { readonly onEdit: () => void; readonly onRemove: () => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={words.more}>
          <IconDots size={16} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={props.onEdit}>
          {words.edit}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={props.onRemove}>
          {words.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function RemovePerson(props: {
  readonly person: Person
  readonly addresses: readonly string[]
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { person, addresses } = props
  const navigate = useNavigate()
  const remove = useCommand('accounts.remove')
  return (
    <ConfirmAct
      opened={props.opened}
      onClose={props.onClose}
      title={words.removeTitle(person.name)}
      what={
        <>
          <p>{words.removeWhat(person.name)}</p>
          <ul className={classes.addresses}>
            {addresses.map((address) => (
              <li key={address}>
                <bdi>{address}</bdi>
              </li>
            ))}
          </ul>
        </>
      }
      howMany={peopleWords.mailboxes(addresses.length)}
      cannotBeUndone={words.removeCannot}
      wayBack={words.removeWayBack}
      actLabel={words.remove}
      onConfirm={async () => {
        await remove.mutateAsync({ personId: person.personId })
        toastDone(words.removed(person.name))
        void navigate('/people', { replace: true })
      }}
    />
  )
}
