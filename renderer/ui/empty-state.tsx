import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

/** Says what will be here, and offers the first step. */
export function EmptyState(props: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly icon?: ReactNode
}) {
  return (
    <div className={classes.root}>
      {props.icon !== undefined && (
        <div className={classes.icon} aria-hidden>
          {props.icon}
        </div>
      )}
      <p className={classes.title}>{props.title}</p>
      {props.children !== undefined && <div className={classes.text}>{props.children}</div>}
      {props.action !== undefined && <div className={classes.action}>{props.action}</div>}
    </div>
  )
}
