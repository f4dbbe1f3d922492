import { contract } from '../../../core/contract/index.ts'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { uiWords } from '../../i18n/ui.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, ErrorState, Group, Modal, Stack, TextField, useForm } from '../../ui/index.ts'
import { LiveRuns } from './live-runs.tsx'

const { input } = contract.archive.endpoints.open

/** Opens an archive folder or a bundle from somewhere else, or checks a bundle without opening it. */
export function OpenDialog(props: {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onOpened: (archiveId: string) => void
}) {
  const form = useForm(input, { path: '' })
  const open = useCommand('archive.open')
  const check = useCommand('archive.verifyBundle')
  const failure = open.error ?? check.error
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.openTitle}
      closeButtonProps={{ 'aria-label': uiWords.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          form.submit((values) =>
            open.mutate(values, { onSuccess: ({ archiveId }) => props.onOpened(archiveId) }),
          )
        }}
      >
        <Stack gap="md">
          <TextField
            label={words.openPath}
            hint={words.openPathHint}
            required
            autoFocus
            {...form.field('path')}
          />
          {failure !== null && <ErrorState error={failure} inline />}
          <LiveRuns />
          <Group justify="flex-end" gap="xs">
            <Button onClick={props.onClose}>{words.cancel}</Button>
            <Button
              loading={check.isPending}
              onClick={() => form.submit((values) => check.mutate(values, { onSuccess: props.onClose }))}
            >
              {words.checkAct}
            </Button>
            <Button type="submit" variant="filled" loading={open.isPending}>
              {words.openAct}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
