import type { Run } from '../../../core/diagnostics/types.ts'
import { groupWords, runWords as words } from '../../i18n/diagnostics.ts'
import { Ladder, LadderGroup, LadderStep } from '../../ui/index.ts'
import { stepsOf, type Step } from './run-state.ts'
import { StepDetails } from './step-details.tsx'

/** The ladder, live: every step with its state, one line of evidence, its time, and what is behind it. */
export function RunLadder(props: { readonly run: Run }) {
  const { run } = props
  return (
    <Ladder label={words.steps(run.address)}>
      {stepsOf(run).map(({ group, steps }) => (
        <LadderGroup key={group} title={groupWords[group]}>
          {steps.map((step) => (
            <LadderStep
              key={step.id}
              state={step.state}
              title={step.result?.title ?? step.rung.title}
              evidence={evidenceOf(step)}
              durationMs={durationOf(step)}
            >
              {step.result === null ? null : <StepDetails runId={run.runId} result={step.result} />}
            </LadderStep>
          ))}
        </LadderGroup>
      ))}
    </Ladder>
  )
}

/** What was not run took no time. */
function durationOf({ state, result }: Step): number | null {
  return result === null || state === 'not_applicable' ? null : result.durationMs
}

function evidenceOf(step: Step): string {
  const { result } = step
  if (result !== null)
    return step.ofSeveral && result.target !== null ? `${result.target}: ${result.evidence}` : result.evidence
  if (step.state === 'running') return words.looking
  return step.state === 'waiting' ? words.waitsFor(step.waitsFor.join(', ')) : words.notReached
}
