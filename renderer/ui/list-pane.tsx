import type { ReactNode } from 'react'
import { KeyHints, type KeyHint } from './key-hints.tsx'
import classes from './list-pane.module.css'

interface ListPaneProps {
  /** What narrows the list: search, filter, views. */
  readonly find?: ReactNode
  /** How many there are; read out when it changes. */
  readonly count?: ReactNode
  readonly hints: readonly KeyHint[]
  readonly children: ReactNode
}

/** The list of a `SplitView`: what narrows it on top, the keys that work in it beneath. */
export function ListPane(props: ListPaneProps) {
  return (
    <div className={classes.pane}>
      {props.find !== undefined && <div className={classes.find}>{props.find}</div>}
      {props.count !== undefined && (
        <p className={classes.count} role="status">
          {props.count}
        </p>
      )}
      <div className={classes.rows}>{props.children}</div>
      <KeyHints hints={props.hints} />
    </div>
  )
}
