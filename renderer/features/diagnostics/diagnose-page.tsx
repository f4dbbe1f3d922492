import { useNavigate, useParams, useSearchParams } from 'react-router'
import { diagnosticsWords as words } from '../../i18n/diagnostics.ts'
import { Button, Page, SplitView, useHotkeys } from '../../ui/index.ts'
import { RunList } from './run-list.tsx'
import { RunView } from './run-view.tsx'
import { StartPanel } from './start-panel.tsx'

const begun = '/diagnose?new=1'

/**
 * /diagnose (?mailbox= &ticket= &from= &start=1) offers a new run, /diagnose/:runId (?ticket=) shows one; past
 * runs stay beside both. Where there is room for one of them only, ?new=1 is the way to the offer.
 */
export function DiagnosePage() {
  const { runId } = useParams()
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const begin = () => void navigate(begun)
  useHotkeys(words.shortcuts, [{ keys: 'n', label: words.begin, run: begin }])
  return (
    <Page
      title={words.title}
      width="full"
      actions={runId !== undefined && <Button onClick={begin}>{words.begin}</Button>}
    >
      <SplitView
        name="diagnose"
        list={<RunList activeId={runId ?? null} />}
        showsDetail={runId !== undefined || query.size > 0}
        back={{ label: words.runs, to: '/diagnose' }}
        ahead={{ label: words.begin, to: begun }}
        detail={
          runId === undefined ? (
            <StartPanel key={query.toString()} />
          ) : (
            <RunView key={runId} runId={runId} ticketId={query.get('ticket')} />
          )
        }
      />
    </Page>
  )
}
