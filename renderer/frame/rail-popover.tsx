import type { ReactElement, ReactNode } from 'react'
import { Popover } from '../ui/index.ts'
import classes from './rail-popover.module.css'

/** What a button at the foot of the rail opens: takes the focus, gives it back, closes with Escape. */
export function RailPopover(props: {
  readonly label: string
  readonly width: number
  readonly button: ReactElement
  readonly children: ReactNode
}) {
  return (
    <Popover position="right-end" width={props.width} trapFocus returnFocus>
      <Popover.Target>{props.button}</Popover.Target>
      <Popover.Dropdown p={0} aria-label={props.label}>
        <div className={classes.content} tabIndex={-1} data-autofocus>
          {props.children}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
