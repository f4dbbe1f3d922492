import type { ReactNode } from 'react'
import classes from './detail-pane.module.css'

/** The detail of a `SplitView`: scrolls by itself, its parts one below the other. `reading` keeps lines short. */
export function DetailPane(props: { readonly width?: 'reading' | 'wide'; readonly children: ReactNode }) {
  return (
    <div className={classes.pane}>
      <div className={classes.parts} data-width={props.width ?? 'wide'}>
        {props.children}
      </div>
    </div>
  )
}
