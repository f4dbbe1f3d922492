import { contract } from '../../../core/contract/index.ts'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, ErrorState, Group, Modal, Stack, TextField, useForm } from '../../ui/index.ts'
import { uiWords } from '../../i18n/ui.ts'

const { input } = contract.archive.endpoints.create

/** Makes an empty archive. */
export function CreateDialog(props: {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onCreated: (archiveId: string) => void
}) {
  const form = useForm<{ name: string; path: string }>(input, { name: words.defaultName, path: '' })
  const create = useCommand('archive.create')
  const send = (): void =>
    form.submit(({ name, path }) =>
      create.mutate(
        { name, path: path.trim() === '' ? null : path.trim() },
        { onSuccess: ({ archiveId }) => props.onCreated(archiveId) },
      ),
    )
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.createTitle}
      closeButtonProps={{ 'aria-label': uiWords.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Stack gap="md">
          <TextField label={words.name} hint={words.nameHint} required autoFocus {...form.field('name')} />
          <TextField label={words.path} hint={words.pathHint} {...form.field('path')} />
          {create.error !== null && <ErrorState error={create.error} inline />}
          <Group justify="flex-end" gap="xs">
            <Button onClick={props.onClose}>{words.cancel}</Button>
            <Button type="submit" variant="filled" loading={create.isPending}>
              {words.createAct}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
