import { useState } from 'react'
import { lastGroupOf } from '../../../../core/archive/recovery-key.ts'
import { keyWords } from '../../../i18n/archive-keys.ts'
import { useCommand } from '../../../ipc/index.ts'
import { Button, CopyButton, ErrorState, Group, Stack, TextField } from '../../../ui/index.ts'
import classes from './keys.module.css'
import { RecoverySheet } from './recovery-sheet.tsx'

const words = keyWords.once

/** A recovery key that was just made. The archive's keys know that it is kept once its last group was typed. */
export interface ShownKey {
  readonly archiveId: string
  readonly name: string
  readonly recoveryKey: string
}

/** Shows a recovery key, this once: to copy, to print, and to be confirmed by its last group. */
export function RecoveryKeyOnce(props: { readonly shown: ShownKey; readonly onDone: () => void }) {
  const { archiveId, name, recoveryKey } = props.shown
  const [typed, setTyped] = useState('')
  const [atMs] = useState(() => Date.now())
  const note = useCommand('archive.noteRecoveryKey')
  const given = typed.trim().toUpperCase()
  const right = given === lastGroupOf(recoveryKey)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (right) note.mutate({ archiveId }, { onSuccess: props.onDone })
      }}
    >
      <Stack gap="md">
        <p>{words.lead}</p>
        <ol className={classes.groups} aria-label={words.key}>
          {recoveryKey.split('-').map((group, n) => (
            <li key={n} className={classes.group}>
              {group}
            </li>
          ))}
        </ol>
        <Group gap="xs">
          <Button onClick={() => window.print()}>{words.print}</Button>
          <CopyButton text={recoveryKey} what={words.what} />
        </Group>
        <p>{words.advice}</p>
        <TextField
          label={words.confirm}
          hint={words.later}
          value={typed}
          error={given.length >= 5 && !right ? words.wrong : null}
          onChange={setTyped}
        />
        {note.error !== null && <ErrorState error={note.error} inline />}
        <Group justify="flex-end">
          <Button type="submit" variant="filled" loading={note.isPending} disabled={!right}>
            {words.act}
          </Button>
        </Group>
      </Stack>
      <RecoverySheet name={name} archiveId={archiveId} recoveryKey={recoveryKey} atMs={atMs} />
    </form>
  )
}
