import type { OutputOf } from '../../../core/contract/index.ts'
import { caseWords as words } from '../../i18n/practice.ts'
import { Button, Panel } from '../../ui/index.ts'
import classes from './practice.module.css'
import { useHelp } from './use-help.ts'

/** Hints, then the finding, then the solution: one step each time it is asked for. */
export function CaseHelp(props: { readonly story: OutputOf<'practice.getCase'> }) {
  const { caseId, hints, finding, solution } = props.story
  const shown = useHelp((state) => state.shown[caseId] ?? 0)
  const steps = [
    ...hints.map((text, index) => ({ label: words.hint(index + 1), ask: words.showHint, text })),
    { label: words.finding, ask: words.showFinding, text: finding },
    { label: words.solution, ask: words.showSolution, text: solution },
  ]
  const next = steps[shown]
  return (
    <Panel title={words.hints}>
      <p className={classes.quiet}>{words.hintsText}</p>
      <dl className={classes.steps} aria-live="polite">
        {steps.slice(0, shown).map((step) => (
          <div key={step.label}>
            <dt>{step.label}</dt>
            <dd>{step.text}</dd>
          </div>
        ))}
      </dl>
      {next !== undefined && (
        <Button variant="default" onClick={() => useHelp.getState().showNext(caseId)}>
          {next.ask}
        </Button>
      )}
    </Panel>
  )
}
