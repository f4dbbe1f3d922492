import { archiveFormWords as words } from '../../i18n/archive.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Checkbox, Hint, QueryView, ScrollArea, Stack } from '../../ui/index.ts'
import classes from './archive.module.css'

/** The folders that the server lists right now, to choose from. */
export function FolderChoice(props: {
  readonly mailboxId: string
  readonly chosen: readonly string[]
  readonly onChange: (folders: readonly string[]) => void
}) {
  const { chosen } = props
  const listed = useQueryOf('archive.serverFolders', { mailboxId: props.mailboxId })
  return (
    <fieldset className={classes.folders}>
      <legend>{words.foldersOnServer}</legend>
      <QueryView query={listed} rows={4}>
        {({ folders }) => (
          <ScrollArea.Autosize mah={220} type="auto" viewportProps={{ tabIndex: 0 }}>
            <Stack gap="xs" p="xs">
              {folders.map(({ path }) => (
                <Checkbox
                  key={path}
                  label={<bdi>{path}</bdi>}
                  checked={chosen.includes(path)}
                  onChange={(event) =>
                    props.onChange(
                      event.currentTarget.checked
                        ? [...chosen, path]
                        : chosen.filter((other) => other !== path),
                    )
                  }
                />
              ))}
            </Stack>
          </ScrollArea.Autosize>
        )}
      </QueryView>
      {chosen.length === 0 && <Hint>{words.noneChosen}</Hint>}
    </fieldset>
  )
}
