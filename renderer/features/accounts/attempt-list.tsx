import { discoverySource, type DiscoveryAttempt } from '../../../core/accounts/discovery.ts'
import { describeSource } from '../../../core/accounts/discovery-text.ts'
import { addWords as words } from '../../i18n/accounts.ts'
import { Duration, MachineText, StateMark, type StepState } from '../../ui/index.ts'
import classes from './attempts.module.css'

/** Whether a question has come to its end. */
export const isAnswered = ({ outcome }: DiscoveryAttempt): boolean => outcome !== 'asking'

/** Every question under its source, in the order in which sources are trusted, with what came back. */
export function AttemptList({ attempts }: { readonly attempts: readonly DiscoveryAttempt[] }) {
  const groups = discoverySource.options.flatMap((source) => {
    const own = attempts.filter((attempt) => attempt.source === source)
    return own.length === 0 ? [] : [{ source, own }]
  })
  return groups.map(({ source, own }) => (
    <section key={source} aria-label={describeSource(source)}>
      <h4 className={classes.heading}>{describeSource(source)}</h4>
      <ol className={classes.attempts}>
        {own.map((attempt) => (
          <Attempt key={attempt.attemptId} attempt={attempt} />
        ))}
      </ol>
    </section>
  ))
}

const stateOf = {
  asking: 'running',
  found: 'pass',
  // That a domain does not publish something is no fault of anybody.
  nothing: 'not_applicable',
  failed: 'warning',
  cancelled: 'unknown',
} as const satisfies Record<DiscoveryAttempt['outcome'], StepState>

function Attempt({ attempt }: { readonly attempt: DiscoveryAttempt }) {
  const { asked, answer, outcome, durationMs, authentic } = attempt
  return (
    <li className={classes.attempt} data-outcome={outcome}>
      <span className={classes.mark} aria-hidden>
        <StateMark state={stateOf[outcome]} />
      </span>
      <span className={classes.asked}>
        <MachineText>{asked}</MachineText>
      </span>
      <span className={classes.outcome}>{words.outcomes[outcome]}</span>
      <span className={classes.time}>{durationMs !== null && <Duration durationMs={durationMs} />}</span>
      <span className={classes.answer}>
        {answer}
        {outcome === 'found' && !authentic && ` (${words.unprotected})`}
      </span>
    </li>
  )
}
