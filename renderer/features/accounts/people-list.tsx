import { IconUsers } from '@tabler/icons-react'
import { useDeferredValue } from 'react'
import { Link } from 'react-router'
import { peopleWords as words } from '../../i18n/accounts.ts'
import {
  Button,
  EmptyState,
  ErrorState,
  KeyCaps,
  LoadingState,
  SearchField,
  useAppearance,
  VirtualList,
} from '../../ui/index.ts'
import classes from './people.module.css'
import { usePeoplePages, type PersonRow } from './use-people-pages.ts'

interface PeopleListProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly activeId: string | null
  readonly onActivate: (personId: string) => void
  readonly onOpen: () => void
}

/** Everybody by name, filtered as one types. */
export function PeopleList(props: PeopleListProps) {
  const text = useDeferredValue(props.text)
  const list = usePeoplePages(text)
  const isSearch = text.trim() !== ''
  const density = useAppearance((appearance) => appearance.density)
  return (
    <div className={classes.list}>
      <div className={classes.find}>
        <SearchField label={words.search} value={props.text} onChange={props.onText} />
      </div>
      <p className={classes.total} role="status">
        {!list.isLoading && list.total > 0 && (isSearch ? words.totalMatching : words.total)(list.total)}
      </p>
      {list.error !== null ? (
        <ErrorState error={list.error} onRetry={list.refetch} />
      ) : list.isLoading ? (
        <LoadingState rows={8} />
      ) : list.people.length === 0 ? (
        <Nothing isSearch={isSearch} />
      ) : (
        <VirtualList
          label={words.list}
          placeName="people"
          items={list.people}
          idOf={({ personId }) => personId}
          rowHeight={density === 'compact' ? 48 : 58}
          activeId={props.activeId}
          onActivate={props.onActivate}
          onOpen={props.onOpen}
          onEndReached={list.loadMore}
          renderRow={(person) => <Row person={person} />}
        />
      )}
      <Hints />
    </div>
  )
}

function Row(props: { readonly person: PersonRow }) {
  const { name, email, mailboxCount, origin } = props.person
  return (
    <>
      <div className={classes.rowLine}>
        <span className={classes.rowName}>
          <bdi>{name}</bdi>
        </span>
        {origin === 'practice' && <span className={classes.tag}>{words.practice}</span>}
      </div>
      <div className={classes.rowLine}>
        <span className={classes.rowEmail}>
          <bdi>{email}</bdi>
        </span>
        <span className={classes.rowCount}>{words.mailboxes(mailboxCount)}</span>
      </div>
    </>
  )
}

function Nothing(props: { readonly isSearch: boolean }) {
  if (props.isSearch) return <EmptyState title={words.noMatchTitle}>{words.noMatchText}</EmptyState>
  return (
    <EmptyState
      icon={<IconUsers size={28} stroke={1.5} />}
      title={words.nothingTitle}
      action={
        <Button variant="filled" component={Link} to="/people?add=1">
          {words.add}
        </Button>
      }
    >
      {words.nothingText}
    </EmptyState>
  )
}

function Hints() {
  const hints = [
    ['j', words.hintMove],
    ['Enter', words.hintOpen],
    ['/', words.hintFind],
  ] as const
  return (
    <p className={classes.hints}>
      {hints.map(([keys, what]) => (
        <span key={keys} className={classes.hint}>
          <KeyCaps keys={keys} /> {what}
        </span>
      ))}
    </p>
  )
}
