import { scheduleFormWords as words } from '../../i18n/schedules.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Checkbox, EmptyState, Hint, QueryView, ScrollArea, Stack } from '../../ui/index.ts'
import classes from './schedules.module.css'

const offered = 500

/** Which mailboxes are archived: all, or the checked ones. */
export function MailboxChoice(props: {
  readonly chosen: readonly string[]
  readonly onChange: (mailboxIds: readonly string[]) => void
}) {
  const { chosen, onChange } = props
  const list = useQueryOf('accounts.listMailboxes', { text: '', limit: offered })
  return (
    <fieldset className={classes.mailboxes}>
      <legend>{words.mailboxes}</legend>
      <QueryView query={list} rows={3}>
        {({ mailboxes }) =>
          mailboxes.length === 0 ? (
            <EmptyState title={words.noMailboxes} />
          ) : (
            <ScrollArea.Autosize mah={200} type="auto" viewportProps={{ tabIndex: 0 }}>
              <Stack gap="xs" p="xs">
                <Checkbox
                  label={words.all}
                  checked={chosen.length === mailboxes.length}
                  indeterminate={chosen.length > 0 && chosen.length < mailboxes.length}
                  onChange={(event) =>
                    onChange(event.currentTarget.checked ? mailboxes.map(({ mailboxId }) => mailboxId) : [])
                  }
                />
                {mailboxes.map(({ mailboxId, address }) => (
                  <Checkbox
                    key={mailboxId}
                    label={<bdi>{address}</bdi>}
                    checked={chosen.includes(mailboxId)}
                    onChange={(event) =>
                      onChange(
                        event.currentTarget.checked
                          ? [...chosen, mailboxId]
                          : chosen.filter((other) => other !== mailboxId),
                      )
                    }
                  />
                ))}
              </Stack>
            </ScrollArea.Autosize>
          )
        }
      </QueryView>
      {chosen.length === 0 && <Hint>{words.noneChosen}</Hint>}
    </fieldset>
  )
}
