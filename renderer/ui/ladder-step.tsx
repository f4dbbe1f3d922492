import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import { Duration } from './duration.tsx'
import classes from './ladder.module.css'
import { StateMark } from './state-mark.tsx'
import { lookOf, type StepState } from './verdict.ts'

interface LadderStepProps {
  readonly state: StepState
  readonly title: string
  /** One line: what was seen. */
  readonly evidence?: ReactNode
  readonly durationMs?: number | null
  /** Transcript or details; the step opens to show them. */
  readonly children?: ReactNode
  readonly initiallyOpen?: boolean
}

/** One step: shape and word of its state, title, one line of evidence, time; opens to its details. */
export function LadderStep(props: LadderStepProps) {
  const [open, setOpen] = useState(props.initiallyOpen ?? false)
  const id = useId()
  const can = props.children !== undefined && props.children !== null
  const look = lookOf(props.state)
  const line = (
    <>
      <span className={classes.mark}>
        <StateMark state={props.state} />
      </span>
      <span className={classes.title}>{props.title}</span>
      <span className={classes.evidence}>{props.evidence}</span>
      <span className={classes.word} data-tone={look.tone}>
        {look.word}
      </span>
      <span className={classes.time}>
        {props.durationMs !== undefined && props.durationMs !== null && (
          <Duration durationMs={props.durationMs} />
        )}
      </span>
      <IconChevronRight
        className={classes.chevron}
        size={14}
        data-open={open}
        visibility={can ? 'visible' : 'hidden'}
        aria-hidden
      />
    </>
  )
  return (
    <li className={classes.step} data-state={props.state}>
      {can ? (
        <button
          type="button"
          className={classes.line}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {line}
        </button>
      ) : (
        <div className={classes.line}>{line}</div>
      )}
      {can && open && (
        <div id={id} className={classes.details}>
          {props.children}
        </div>
      )}
    </li>
  )
}
