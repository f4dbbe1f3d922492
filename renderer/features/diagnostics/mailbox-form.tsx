import { useState } from 'react'
import { startWords as words } from '../../i18n/diagnostics.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Button, EmptyState, QueryView, SelectField } from '../../ui/index.ts'
import classes from './diagnostics.module.css'
import { noActs, OptionsPanel } from './options-panel.tsx'
import type { StartRequest } from './start-panel.tsx'

const offered = 500

/** Chooses a mailbox of the desk. */
export function MailboxForm(props: {
  readonly mailboxId: string | null
  readonly pending: boolean
  readonly onStart: (request: StartRequest) => void
}) {
  const [mailboxId, setMailboxId] = useState(props.mailboxId)
  const [text, setText] = useState('')
  const [acts, setActs] = useState(noActs)
  const list = useQueryOf('accounts.listMailboxes', { text, limit: offered }, { keepPrevious: true })
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault()
        if (mailboxId !== null) props.onStart({ target: { kind: 'mailbox', mailboxId }, options: acts })
      }}
    >
      <div>
        <QueryView query={list} rows={1}>
          {({ mailboxes, total }) =>
            total === 0 && text === '' ? (
              <EmptyState title={words.noMailboxes} />
            ) : (
              <SelectField
                label={words.mailbox}
                hint={
                  total > mailboxes.length ? words.mailboxesOf(mailboxes.length, total) : words.mailboxHint
                }
                placeholder={words.mailboxPlaceholder}
                searchable
                onSearch={setText}
                value={mailboxId}
                error={null}
                onChange={setMailboxId}
                options={mailboxes.map((mailbox) => ({
                  value: mailbox.mailboxId,
                  label: `${mailbox.personName} · ${mailbox.address}`,
                }))}
              />
            )
          }
        </QueryView>
      </div>
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
    </form>
  )
}
