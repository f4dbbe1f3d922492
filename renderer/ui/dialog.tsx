import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { uiWords } from '../i18n/ui.ts'
import classes from './dialog.module.css'
import { ErrorState } from './error-state.tsx'

interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly size?: 'md' | 'lg' | 'xl'
  /** Lives only while the dialog is open: what was typed before is forgotten. */
  readonly children: ReactNode
}

/** A window over the screen: closed by its cross, by Escape, and by a click beside it. */
export function Dialog({ opened, onClose, title, size = 'md', children }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      classNames={{ content: classes.content ?? '' }}
      closeButtonProps={{ 'aria-label': uiWords.close }}
    >
      {children}
    </Modal>
  )
}

interface DialogButtonsProps {
  /** A verb with its object: "Save servers". */
  readonly act: string
  readonly pending: boolean
  readonly disabled?: boolean
  readonly onClose: () => void
  /** Other acts, between Cancel and the one that sends. */
  readonly others?: ReactNode
  /** The form that the button sends, where it stands outside of it. */
  readonly formId?: string
}

/** The way out and the act, at the end of a dialog. */
export function DialogButtons({ act, pending, disabled = false, ...props }: DialogButtonsProps) {
  return (
    <Group justify="flex-end" gap="xs" className={classes.buttons ?? ''}>
      <Button onClick={props.onClose}>{uiWords.cancel}</Button>
      {props.others}
      <Button
        type="submit"
        variant="filled"
        loading={pending}
        disabled={disabled}
        {...(props.formId !== undefined && { form: props.formId })}
      >
        {act}
      </Button>
    </Group>
  )
}

interface DialogFormProps extends Omit<DialogButtonsProps, 'formId'> {
  readonly onSubmit: () => void
  /** Why the act failed; null when it did not. */
  readonly error: Error | null
  readonly children: ReactNode
}

/** A dialog's content that is filled in and sent: fields, what went wrong, and the buttons. */
export function DialogForm({ onSubmit, error, children, ...buttons }: DialogFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <Stack gap="md">
        {children}
        {error !== null && <ErrorState error={error} inline />}
        <DialogButtons {...buttons} />
      </Stack>
    </form>
  )
}
