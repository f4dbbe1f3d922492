import type { Discovery, DiscoveryProposal, ServerCheck } from '../../../core/accounts/discovery.ts'
import { describeReason, describeSource } from '../../../core/accounts/discovery-text.ts'
import { addWords as words, mailboxWords } from '../../i18n/accounts.ts'
import { useCommand } from '../../ipc/index.ts'
import {
  Button,
  EmptyState,
  Hint,
  MachineText,
  Panel,
  ProgressLine,
  Quiet,
  StateBadge,
  type Verdict,
} from '../../ui/index.ts'
import { AttemptList, isAnswered } from './attempt-list.tsx'
import classes from './discovery.module.css'

interface DiscoveryViewProps {
  readonly discovery: Discovery
  readonly chosenId: string | null
  readonly onChoose: (proposalId: string) => void
  /** Left out where the servers can be typed beside it. */
  readonly onByHand?: () => void
}

/** A discovery while it runs and after: what can be used, best first, and every question with its answer. */
export function DiscoveryView({ discovery, chosenId, onChoose, onByHand }: DiscoveryViewProps) {
  const { state, proposals, attempts } = discovery
  const running = state === 'running'
  return (
    <>
      <Panel title={words.found} aside={running ? <Looking discovery={discovery} /> : undefined}>
        {running && (
          <ProgressLine
            label={words.looking}
            done={attempts.filter(isAnswered).length}
            total={attempts.length}
          />
        )}
        {proposals.length === 0 ? (
          running ? (
            <Hint>{words.looking}</Hint>
          ) : (
            <EmptyState
              title={words.noneTitle}
              action={onByHand !== undefined && <Button onClick={onByHand}>{words.byHand}</Button>}
            >
              {words.noneText}
            </EmptyState>
          )
        ) : (
          <fieldset className={classes.proposals}>
            <legend className={classes.hidden}>{words.proposal}</legend>
            {proposals.map((proposal, i) => (
              <Proposal
                key={proposal.proposalId}
                proposal={proposal}
                best={i === 0 && !running}
                chosen={proposal.proposalId === chosenId}
                onChoose={() => onChoose(proposal.proposalId)}
              />
            ))}
          </fieldset>
        )}
      </Panel>
      <details className={classes.attempts} open={running || proposals.length === 0}>
        <summary>{words.attempts}</summary>
        <AttemptList attempts={attempts} />
      </details>
    </>
  )
}

function Looking({ discovery }: { readonly discovery: Discovery }) {
  const { runId, attempts } = discovery
  const cancel = useCommand('jobs.cancel')
  return (
    <span className={classes.looking}>
      <span role="status">{words.lookingCount(attempts.filter(isAnswered).length, attempts.length)}</span>
      <Button size="compact-sm" onClick={() => cancel.mutate({ runId })}>
        {words.stop}
      </Button>
    </span>
  )
}

interface ProposalProps {
  readonly proposal: DiscoveryProposal
  readonly best: boolean
  readonly chosen: boolean
  readonly onChoose: () => void
}

/** One choice: the servers, whether they were met, and why it stands where it stands. */
function Proposal({ proposal, best, chosen, onChoose }: ProposalProps) {
  const { imap, smtp, imapCheck, smtpCheck, provider, reasons, source } = proposal
  return (
    <label className={classes.proposal} data-chosen={chosen}>
      <input type="radio" name="proposal" checked={chosen} onChange={onChoose} className={classes.radio} />
      <span className={classes.proposalBody}>
        <span className={classes.proposalHead}>
          <strong>
            <bdi>{provider ?? describeSource(source)}</bdi>
          </strong>
          {best && <span className={classes.best}>{words.best}</span>}
          <Quiet>{mailboxWords.signIns[proposal.signIn]}</Quiet>
        </span>
        <Met label={mailboxWords.receiving} server={imap} check={imapCheck} />
        {smtp !== null && <Met label={mailboxWords.sending} server={smtp} check={smtpCheck} />}
        <span className={classes.reasons}>
          {reasons.map((reason) => (
            <span key={reason}>{describeReason(reason)}</span>
          ))}
        </span>
      </span>
    </label>
  )
}

const verdictOf = {
  answered: 'pass',
  untrusted: 'fail',
  failed: 'fail',
  unchecked: 'unknown',
} as const satisfies Record<ServerCheck['state'], Verdict>

function Met(props: {
  readonly label: string
  readonly server: DiscoveryProposal['imap']
  readonly check: ServerCheck
}) {
  const { host, port, security } = props.server
  return (
    <span className={classes.met}>
      <span className={classes.metLabel}>{props.label}</span>
      <MachineText>{`${host}:${port}`}</MachineText>
      <Quiet>{mailboxWords.securities[security]}</Quiet>
      <StateBadge state={verdictOf[props.check.state]}>{words.answers[props.check.state]}</StateBadge>
    </span>
  )
}
