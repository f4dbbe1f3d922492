import type { ReactNode } from 'react'
import classes from './ladder.module.css'

/** Steps from top to bottom, live. Children are `LadderStep`s, or `LadderGroup`s of them. */
export function Ladder(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ol className={classes.ladder} aria-label={props.label}>
      {props.children}
    </ol>
  )
}

/** Steps that belong together, under a heading: "DNS", "TLS". */
export function LadderGroup(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <li className={classes.group}>
      <h3 className={classes.heading}>{props.title}</h3>
      <ol>{props.children}</ol>
    </li>
  )
}
