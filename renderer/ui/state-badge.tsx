import type { ReactNode } from 'react'
import classes from './state-badge.module.css'
import { StateMark } from './state-mark.tsx'
import { lookOf, type StepState } from './verdict.ts'

/** A state as colour, shape and word. `children` replaces the word where the screen has a better one. */
export function StateBadge(props: { readonly state: StepState; readonly children?: ReactNode }) {
  const { tone, word } = lookOf(props.state)
  return (
    <span className={`${classes.badge} ${classes[tone]}`}>
      <StateMark state={props.state} size={14} />
      {props.children ?? word}
    </span>
  )
}
