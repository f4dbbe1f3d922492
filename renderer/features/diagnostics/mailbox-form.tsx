import { useState } from 'react'
import { startWords as words } from '../../i18n/diagnostics.ts'
import { Button, Stack } from '../../ui/index.ts'
import { MailboxField } from '../accounts/index.tsx'
import { noActs, OptionsPanel } from './options-panel.tsx'
import type { StartRequest } from './start-panel.tsx'

/** Chooses a mailbox of the desk. */
export function MailboxForm(props: {
  readonly mailboxId: string | null
  readonly pending: boolean
  readonly onStart: (request: StartRequest) => void
}) {
  const [mailboxId, setMailboxId] = useState(props.mailboxId)
  const [acts, setActs] = useState(noActs)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (mailboxId !== null) props.onStart({ target: { kind: 'mailbox', mailboxId }, options: acts })
      }}
    >
      <Stack gap="md">
        <MailboxField
          label={words.mailbox}
          hint={words.mailboxHint}
          placeholder={words.mailboxPlaceholder}
          none={words.noMailboxes}
          value={mailboxId}
          error={null}
          onChange={setMailboxId}
        />
        <OptionsPanel value={acts} onChange={setActs} />
        <div>
          <Button
            type="submit"
            variant="filled"
            loading={props.pending}
            disabled={mailboxId === null}
            data-autofocus={props.mailboxId !== null}
          >
            {words.start}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
