import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { uiWords } from '../i18n/ui.ts'
import { wordsOf } from './error-words.ts'
import classes from './toast.module.css'
import { StateMark } from './state-mark.tsx'

const shownMs = 6000
const shownWithUndoMs = 10_000

/** Says that something was done; `undo` takes it back. For acts that can be undone, instead of asking first. */
export function toastDone(text: string, undo?: () => void): void {
  const id = `done-${crypto.randomUUID()}`
  const takeBack = (): void => {
    notifications.hide(id)
    undo?.()
  }
  notifications.show({
    id,
    autoClose: undo === undefined ? shownMs : shownWithUndoMs,
    withBorder: true,
    closeButtonProps: { 'aria-label': uiWords.close },
    color: 'gray',
    icon: <StateMark state="pass" size={18} />,
    classNames: { root: classes.done ?? '', icon: classes.icon ?? '' },
    message: (
      <div className={classes.line}>
        <span>{text}</span>
        {undo !== undefined && (
          <Button size="compact-sm" variant="default" onClick={takeBack}>
            {uiWords.undo}
          </Button>
        )}
      </div>
    ),
  })
}

/** Says that an act failed, in the words of its error. Stays until it is closed. */
export function toastError(error: unknown): void {
  const { sentence, nextStep, errorId } = wordsOf(error)
  toastFailed(sentence, nextStep, errorId)
}

/** Says that something failed, where there are words but no error. Stays until it is closed. */
export function toastFailed(title: string, text: string, errorId = ''): void {
  notifications.show({
    autoClose: false,
    withBorder: true,
    closeButtonProps: { 'aria-label': uiWords.close },
    color: 'gray',
    icon: <StateMark state="fail" size={18} />,
    classNames: { root: classes.root ?? '', icon: classes.icon ?? '' },
    title,
    message: (
      <>
        {text}
        {errorId !== '' && <div className={classes.id}>{uiWords.errorId(errorId)}</div>}
      </>
    ),
  })
}
