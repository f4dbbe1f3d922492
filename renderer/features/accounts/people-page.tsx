import { useNavigate, useParams, useSearchParams } from 'react-router'
import { addWords, peopleWords as words } from '../../i18n/accounts.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { AddButton, EmptyState, Page, QueryView, SplitView, useHotkeys } from '../../ui/index.ts'
import { AddFlow } from './add-flow.tsx'
import { PeopleList } from './people-list.tsx'
import { PersonContext } from './person-context.tsx'
import { PersonView } from './person-view.tsx'

/**
 * /people, /people/:personId; `?q=` filters, `?add=1` adds a person, or a mailbox to the one that is open.
 * `?mailbox=&act=` opens a form of one of their mailboxes: see `mailbox-link.ts`.
 */
export function PeoplePage() {
  const { personId = null } = useParams()
  const [query, setQuery] = useSearchParams()
  const navigate = useNavigate()
  const adding = query.has('add')
  const text = query.get('q') ?? ''
  const add = () => void navigate('/people?add=1')
  useHotkeys(words.shortcuts, [{ keys: 'c', label: words.add, run: add }])
  const goTo = (id: string) => void navigate(`/people/${id}${searchOf(text)}`)
  const find = (next: string) =>
    setQuery(
      (before) => {
        const changed = new URLSearchParams(before)
        if (next === '') changed.delete('q')
        else changed.set('q', next)
        return changed
      },
      { replace: true },
    )
  return (
    <Page
      title={words.title}
      width="full"
      actions={<AddButton label={words.add} to="/people?add=1" keys="c" />}
    >
      <SplitView
        name="people"
        list={
          <PeopleList
            text={text}
            onText={find}
            activeId={personId}
            onActivate={goTo}
            onOpen={() => document.querySelector<HTMLElement>('[data-person-title]')?.focus()}
          />
        }
        detail={<Detail key={`${personId ?? ''}${adding}`} personId={personId} adding={adding} />}
        context={personId === null ? undefined : <PersonContext personId={personId} />}
        showsDetail={personId !== null || adding}
        back={{ label: words.title, to: `/people${searchOf(text)}` }}
      />
    </Page>
  )
}

const searchOf = (text: string): string => (text === '' ? '' : `?q=${encodeURIComponent(text)}`)

function Detail(props: { readonly personId: string | null; readonly adding: boolean }) {
  if (props.personId !== null) return <OpenPerson personId={props.personId} adding={props.adding} />
  if (props.adding) return <AddFlow title={addWords.title} person={null} />
  return <EmptyState title={words.chooseTitle}>{words.chooseText}</EmptyState>
}

function OpenPerson(props: { readonly personId: string; readonly adding: boolean }) {
  const query = useQueryOf('accounts.get', { personId: props.personId })
  return (
    <QueryView query={query}>
      {(found) =>
        props.adding ? (
          <AddFlow title={addWords.titleFor(found.person.name)} person={found.person} />
        ) : (
          <PersonView person={found.person} mailboxes={found.mailboxes} />
        )
      }
    </QueryView>
  )
}
