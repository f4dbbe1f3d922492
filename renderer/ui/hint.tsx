import type { ReactNode } from 'react'
import classes from './hint.module.css'

/** A sentence that explains what stands beside it. */
export function Hint(props: { readonly children: ReactNode }) {
  return <p className={classes.hint}>{props.children}</p>
}

/** Words of less weight within a line. */
export function Quiet(props: { readonly children: ReactNode }) {
  return <span className={classes.hint}>{props.children}</span>
}
