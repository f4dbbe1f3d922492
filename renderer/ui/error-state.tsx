import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { uiWords } from '../i18n/ui.ts'
import { wordsOf } from './error-words.ts'
import classes from './error-state.module.css'
import { StateMark } from './state-mark.tsx'

/** A failure: what happened, what to do, a way to try again, and the errorId small beneath. */
export function ErrorState(props: {
  readonly error: unknown
  readonly onRetry?: () => void
  readonly action?: ReactNode
  /** In a form or a row: no more room than the sentence needs. */
  readonly inline?: boolean
}) {
  const { sentence, nextStep, errorId } = wordsOf(props.error)
  return (
    <div className={props.inline === true ? classes.inline : classes.root} role="alert">
      <StateMark state="fail" size={18} />
      <div className={classes.words}>
        <p className={classes.sentence}>{sentence}</p>
        <p className={classes.next}>{nextStep}</p>
        {(props.onRetry !== undefined || props.action !== undefined) && (
          <div className={classes.actions}>
            {props.onRetry !== undefined && <Button onClick={props.onRetry}>{uiWords.retry}</Button>}
            {props.action}
          </div>
        )}
        {errorId !== '' && <p className={classes.id}>{uiWords.errorId(errorId)}</p>}
      </div>
    </div>
  )
}
