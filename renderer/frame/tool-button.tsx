import type { ComponentPropsWithRef, ReactNode } from 'react'
import classes from './tool-button.module.css'

/** A button at the foot of the rail: a picture and a word. */
export function ToolButton(
  props: ComponentPropsWithRef<'button'> & {
    readonly picture: ReactNode
    readonly word: string
    readonly count?: number
  },
) {
  const { picture, word, count, className, ...rest } = props
  return (
    <button type="button" className={`${classes.tool} ${className ?? ''}`} {...rest}>
      <span className={classes.picture}>
        {picture}
        {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
      </span>
      {word}
    </button>
  )
}
