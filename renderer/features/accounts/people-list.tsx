import { IconUsers } from '@tabler/icons-react'
import { useDeferredValue } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../../core/contract/index.ts'
import { peopleWords as words } from '../../i18n/accounts.ts'
import { useDesk, useOffsetPages } from '../../ipc/index.ts'
import {
  Button,
  EmptyState,
  ErrorState,
  ListPane,
  LoadingState,
  SearchField,
  useAppearance,
  VirtualList,
} from '../../ui/index.ts'
import classes from './people.module.css'

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
  const list = usePeople(text)
  const isSearch = text.trim() !== ''
  const density = useAppearance((appearance) => appearance.density)
  return (
    <ListPane
      find={<SearchField label={words.search} value={props.text} onChange={props.onText} />}
      count={!list.isLoading && list.total > 0 && (isSearch ? words.totalMatching : words.total)(list.total)}
      hints={['move', 'open', 'find', 'all']}
    >
      {list.error !== null ? (
        <ErrorState error={list.error} onRetry={list.refetch} />
      ) : list.isLoading ? (
        <LoadingState rows={8} />
      ) : list.rows.length === 0 ? (
        <Nothing isSearch={isSearch} />
      ) : (
        <VirtualList
          label={words.list}
          placeName="people"
          items={list.rows}
          idOf={({ personId }) => personId}
          rowHeight={density === 'compact' ? 48 : 58}
          activeId={props.activeId}
          onActivate={props.onActivate}
          onOpen={props.onOpen}
          onEndReached={list.loadMore}
          renderRow={(person) => <Row person={person} />}
        />
      )}
    </ListPane>
  )
}

type PersonRow = OutputOf<'accounts.list'>['people'][number]

/** People whose name or address contains every word of the text. */
function usePeople(text: string) {
  const { call } = useDesk()
  return useOffsetPages({
    key: ['accounts.list', { text }],
    read: (at) => call('accounts.list', { text, ...at }),
    rowsOf: ({ people }) => people,
  })
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
