import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Discovery } from '../../../core/accounts/discovery.ts'
import type { Person } from '../../../core/accounts/types.ts'
import { addWords as words } from '../../i18n/accounts.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Button, DetailPane, QueryView } from '../../ui/index.ts'
import { ConnectForm } from './connect-form.tsx'
import { DiscoveryView } from './discovery-view.tsx'
import { emptyValues, valuesOfProposal, type MailboxValues } from './mailbox-fields.ts'
import classes from './people.module.css'
import { WhoForm, type Who } from './who-form.tsx'

interface AddFlowProps {
  readonly title: string
  /** Null: a new person; else their next mailbox. */
  readonly person: Person | null
}

/** How far the flow is: whose mailbox, how its servers are found, and with which settings it goes on. */
interface Progress {
  readonly who: Who
  readonly runId: string | null
  readonly proposalId: string | null
  readonly byHand: boolean
}

/** From an address to a mailbox that works: find the servers, choose, sign in, save. */
export function AddFlow({ title, person }: AddFlowProps) {
  const navigate = useNavigate()
  const [progress, setProgress] = useState<Progress | null>(null)
  const leave = () => void navigate(person === null ? '/people' : `/people/${person.personId}`)
  return (
    <DetailPane width="reading">
      <header className={classes.head}>
        <h2 className={classes.name}>{title}</h2>
        <Button onClick={leave}>{words.cancel}</Button>
      </header>
      <WhoForm
        person={person}
        started={progress !== null}
        onFind={(who, runId) => setProgress({ who, runId, proposalId: null, byHand: false })}
        onByHand={(who) => setProgress({ who, runId: null, proposalId: null, byHand: true })}
      />
      {progress !== null && (
        <Connect
          key={progress.runId ?? progress.who.email}
          person={person}
          progress={progress}
          onChange={setProgress}
        />
      )}
    </DetailPane>
  )
}

interface ConnectProps {
  readonly person: Person | null
  readonly progress: Progress
  readonly onChange: (progress: Progress) => void
}

function Connect(props: ConnectProps) {
  const { runId, who } = props.progress
  if (runId === null)
    return (
      <ConnectForm key={who.email} person={props.person} who={who} initial={emptyValues(who.email)} open />
    )
  return <Discovered {...props} runId={runId} />
}

/** The live discovery, and the form for what was chosen in it. */
function Discovered({ person, progress, onChange, runId }: ConnectProps & { readonly runId: string }) {
  const query = useQueryOf('accounts.discovery', { runId })
  const { who, byHand } = progress
  return (
    <QueryView query={query}>
      {(discovery) => {
        const chosen = chosenIn(discovery, progress)
        const values: MailboxValues | null = byHand
          ? emptyValues(who.email)
          : chosen === null
            ? null
            : valuesOfProposal(who.email, discovery.network, chosen)
        return (
          <>
            <DiscoveryView
              discovery={discovery}
              chosenId={byHand ? null : (chosen?.proposalId ?? null)}
              onChoose={(proposalId) => onChange({ ...progress, proposalId, byHand: false })}
              onByHand={() => onChange({ ...progress, byHand: true })}
            />
            {values !== null && (
              <ConnectForm
                key={byHand ? 'by hand' : (chosen?.proposalId ?? '')}
                person={person}
                who={who}
                initial={values}
                open={byHand}
              />
            )}
          </>
        )
      }}
    </QueryView>
  )
}

/** What was chosen; the best one when the search is over and nobody has chosen. */
function chosenIn({ proposals, state }: Discovery, { proposalId }: Progress) {
  const chosen = proposals.find((proposal) => proposal.proposalId === proposalId)
  return chosen ?? (state === 'running' ? null : (proposals[0] ?? null))
}
