import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { uiWords } from '../i18n/ui.ts'
import classes from './confirm-act.module.css'
import { Dialog } from './dialog.tsx'
import { ErrorState } from './error-state.tsx'
import { Facts } from './facts.tsx'

interface ConfirmActProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** A question with the object: "Delete 3 archives?" */
  readonly title: string
  readonly what: ReactNode
  readonly howMany?: ReactNode
  readonly cannotBeUndone: ReactNode
  readonly wayBack: ReactNode
  /** A verb with its object: "Delete 3 archives". */
  readonly actLabel: string
  /** For the gravest acts: the word that has to be typed. */
  readonly typed?: string
  readonly onConfirm: () => Promise<unknown>
}

/** Before a destructive act: what exactly, how many, what cannot be undone, and the way back. */
export function ConfirmAct(props: ConfirmActProps) {
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const close = (): void => {
    setTyped('')
    setError(null)
    props.onClose()
  }
  const act = (): void => {
    setBusy(true)
    props
      .onConfirm()
      .then(close, setError)
      .finally(() => setBusy(false))
  }
  return (
    <Dialog opened={props.opened} onClose={close} title={props.title}>
      <Stack gap="md">
        <div>{props.what}</div>
        <Facts
          facts={[
            ...(props.howMany === undefined ? [] : [[uiWords.howMany, props.howMany] as const]),
            [uiWords.cannotBeUndone, props.cannotBeUndone],
            [uiWords.wayBack, props.wayBack],
          ]}
        />
        {props.typed !== undefined && (
          <TextInput
            label={uiWords.typeToConfirm(props.typed)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        {error !== null && <ErrorState error={error} inline />}
        <Group justify="flex-end" gap="xs">
          <Button onClick={close} data-autofocus>
            {uiWords.cancel}
          </Button>
          <Button
            variant="filled"
            className={classes.act ?? ''}
            loading={busy}
            disabled={props.typed !== undefined && typed.trim() !== props.typed}
            onClick={act}
          >
            {props.actLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
