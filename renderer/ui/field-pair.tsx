import type { ReactNode } from 'react'
import classes from './field-pair.module.css'

/** Fields that belong side by side; one below the other where there is no room. */
export function FieldPair(props: { readonly children: ReactNode }) {
  return <div className={classes.pair}>{props.children}</div>
}
