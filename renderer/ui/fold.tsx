import type { ReactNode } from 'react'
import classes from './fold.module.css'

/** What few people need, behind one line. */
export function Fold(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className={classes.fold}>
      <summary>{props.title}</summary>
      {props.children}
    </details>
  )
}
