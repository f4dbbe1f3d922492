import { Link } from 'react-router'
import type { CaseSummary } from '../../../core/practice/contract.ts'
import { caseWords as words } from '../../i18n/practice.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  Anchor,
  Button,
  CopyableAddress,
  DetailPane,
  Panel,
  QueryView,
  RelativeTime,
  StateBadge,
} from '../../ui/index.ts'
import { CaseState } from './case-list.tsx'
import { CaseHelp } from './case-help.tsx'
import { CompanyDesk } from './company-desk.tsx'
import classes from './practice.module.css'

/** One case: what the user wrote, the ways to work on it, whom to ask, and help when it is wanted. */
export function CaseView(props: { readonly practiceCase: CaseSummary }) {
  const { practiceCase } = props
  const story = useQueryOf('practice.getCase', { caseId: practiceCase.caseId })
  return (
    <DetailPane width="reading">
      <header className={classes.caseHead}>
        <h2 className={classes.caseTitle}>{practiceCase.title}</h2>
        <CaseState state={practiceCase.state} />
      </header>
      <CopyableAddress name={practiceCase.personName} address={practiceCase.address} />
      <QueryView query={story} rows={6}>
        {(data) => (
          <>
            <Panel title={words.wrote(practiceCase.personName)}>
              <p className={classes.subject} dir="auto">
                {data.subject}
              </p>
              <blockquote className={classes.letter} dir="auto">
                {data.description}
              </blockquote>
            </Panel>
            <Work practiceCase={practiceCase} />
            <CompanyDesk practiceCase={practiceCase} />
            <CaseHelp story={data} />
          </>
        )}
      </QueryView>
    </DetailPane>
  )
}

function Work(props: { readonly practiceCase: CaseSummary }) {
  const { mailboxId, personId, ticket, lastDiagnosis, needsRoundTrip } = props.practiceCase
  const diagnose = new URLSearchParams({
    ...(mailboxId !== null && { mailbox: mailboxId }),
    ...(ticket !== null && { ticket: ticket.ticketId }),
    // With a round trip there is something to be chosen first.
    ...(!needsRoundTrip && { start: '1' }),
  })
  return (
    <Panel title={words.work}>
      <div className={classes.buttons}>
        <Button component={Link} to={`/diagnose?${diagnose.toString()}`} variant="filled">
          {words.diagnose}
        </Button>
        {ticket !== null && (
          <Button component={Link} to={`/queue/${ticket.ticketId}`}>
            {words.ticket(ticket.number)}
          </Button>
        )}
        {personId !== null && (
          <Button component={Link} to={`/people/${personId}`}>
            {words.person}
          </Button>
        )}
      </div>
      {needsRoundTrip && <p className={classes.quiet}>{words.roundTrip}</p>}
      <div className={classes.last}>
        <span className={classes.quiet}>{words.last}</span>
        {lastDiagnosis === null ? (
          <span>{words.never}</span>
        ) : (
          <>
            <StateBadge state={lastDiagnosis.status} />
            <Anchor component={Link} to={`/diagnose/${lastDiagnosis.runId}`}>
              {lastDiagnosis.title}
            </Anchor>
            <span className={classes.quiet}>
              <RelativeTime atMs={lastDiagnosis.endedAtMs} />
            </span>
          </>
        )}
      </div>
    </Panel>
  )
}
