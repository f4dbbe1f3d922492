import type { ReactNode } from 'react'
import { uiWords } from '../i18n/ui.ts'
import classes from './finding.module.css'
import { StateMark } from './state-mark.tsx'
import { lookOf, type StepState } from './verdict.ts'

interface FindingProps {
  readonly state: StepState
  /** A sentence: what is wrong. */
  readonly what: ReactNode
  /** The person, role or party. */
  readonly who?: ReactNode
  /** A sentence in plain words: what to do now. */
  readonly now?: ReactNode
  /** The buttons that do it; the first one filled. */
  readonly actions?: ReactNode
  /** Small beneath: when, how long, how many probes. */
  readonly meta?: ReactNode
}

/** The one finding: what is wrong · who must act · what to do now, with the buttons that do it. */
export function Finding(props: FindingProps) {
  const { tone, word } = lookOf(props.state)
  return (
    <section className={`${classes.finding} ${classes[tone]}`} aria-label={word} aria-live="polite">
      <div className={classes.what}>
        <StateMark state={props.state} size={24} label={word} />
        <h2 className={classes.sentence}>{props.what}</h2>
      </div>
      {(props.who !== undefined || props.now !== undefined) && (
        <dl className={classes.parts}>
          {props.who !== undefined && (
            <div>
              <dt>{uiWords.whoMustAct}</dt>
              <dd>{props.who}</dd>
            </div>
          )}
          {props.now !== undefined && (
            <div>
              <dt>{uiWords.whatToDo}</dt>
              <dd>{props.now}</dd>
            </div>
          )}
        </dl>
      )}
      {(props.actions !== undefined || props.meta !== undefined) && (
        <div className={classes.foot}>
          {props.actions !== undefined && <div className={classes.actions}>{props.actions}</div>}
          {props.meta !== undefined && <div className={classes.meta}>{props.meta}</div>}
        </div>
      )}
    </section>
  )
}
