import { Link } from 'react-router'
import { settingsWords as words } from '../../i18n/settings.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Button, Hint, QueryView, SelectField, toastDone, toastError } from '../../ui/index.ts'
import classes from './settings-page.module.css'

/** The mailbox from which public replies are sent; chosen at once, taken back by Undo. */
export function RepliesForm(props: { readonly mailboxId: string | null }) {
  const { mailboxId } = props
  const mailboxes = useQueryOf('accounts.listMailboxes', { limit: 500 })
  const update = useCommand('settings.update')
  const choose = (next: string | null, undoTo: string | null): void =>
    update.mutate(
      { helpdeskMailboxId: next },
      { onSuccess: () => toastDone(words.repliesSaved, () => choose(undoTo, next)), onError: toastError },
    )
  return (
    <div className={classes.form}>
      <Hint>{words.repliesHint}</Hint>
      <QueryView query={mailboxes} rows={1}>
        {(data) =>
          data.mailboxes.length === 0 ? (
            <div className={classes.path}>
              {words.noMailboxes}
              <Button component={Link} to="/people?add=1" size="compact-sm">
                {words.connectFirst}
              </Button>
            </div>
          ) : (
            <div className={classes.narrow}>
              <SelectField
                label={words.helpdeskMailbox}
                value={mailboxId}
                error={null}
                placeholder={words.noMailbox}
                searchable
                clearable
                options={data.mailboxes.map((row) => ({
                  value: row.mailboxId,
                  label: `${row.personName} – ${row.address}`,
                }))}
                onChange={(next) => choose(next, mailboxId)}
              />
            </div>
          )
        }
      </QueryView>
    </div>
  )
}
