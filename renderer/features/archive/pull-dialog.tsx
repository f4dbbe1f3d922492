import { useState } from 'react'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { uiWords } from '../../i18n/ui.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  Choice,
  ErrorState,
  Group,
  Modal,
  SelectField,
  Stack,
  TextField,
  toastDone,
} from '../../ui/index.ts'
import { MailboxField } from '../accounts/index.tsx'
import { FolderChoice } from './folder-choice.tsx'

interface PullDialogProps {
  readonly opened: boolean
  /** Chosen beforehand, for example by a person's page. */
  readonly mailboxId: string | null
  /** Null: chosen here, or a new one. */
  readonly archiveId: string | null
  readonly onClose: () => void
  readonly onStarted: (archiveId: string) => void
}

/** Archives a mailbox: which one, all or some of its folders, into which archive. */
export function PullDialog(props: PullDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.pullTitle}
      closeButtonProps={{ 'aria-label': uiWords.close }}
    >
      <PullForm {...props} />
    </Modal>
  )
}

function PullForm(props: PullDialogProps) {
  const [mailboxId, setMailboxId] = useState(props.mailboxId)
  const [target, setTarget] = useState<string | null>(props.archiveId)
  const [newName, setNewName] = useState<string>(words.defaultName)
  const [folders, setFolders] = useState<readonly string[] | null>(null)
  const list = useQueryOf('archive.list', {}, { enabled: props.archiveId === null })
  const archives = (list.data?.archives ?? []).filter(
    ({ kind, state }) => kind === 'archive' && state === 'ready',
  )
  const archiveId = target ?? archives[0]?.archiveId ?? 'new'
  const { start, pending, error } = useStart(props.onStarted)
  const ready = mailboxId !== null && folders?.length !== 0 && (archiveId !== 'new' || newName.trim() !== '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (mailboxId !== null && ready) start({ mailboxId, archiveId, newName, folders })
      }}
    >
      <Stack gap="md">
        <p>{words.pullLead}</p>
        <MailboxField
          label={words.mailbox}
          hint={words.mailboxHint}
          placeholder={words.mailboxPlaceholder}
          none={words.noMailbox}
          value={mailboxId}
          onChange={setMailboxId}
        />
        {props.archiveId === null && (
          <SelectField
            label={words.into}
            value={archiveId}
            error={null}
            onChange={setTarget}
            options={[
              ...archives.map((archive) => ({ value: archive.archiveId, label: archive.name })),
              { value: 'new', label: words.newArchive },
            ]}
          />
        )}
        {archiveId === 'new' && (
          <TextField label={words.newName} required value={newName} error={null} onChange={setNewName} />
        )}
        <Choice
          label={words.which}
          value={folders === null ? 'all' : 'some'}
          onChange={(which) => setFolders(which === 'all' ? null : [])}
          options={[
            { value: 'all', label: words.whichAll },
            { value: 'some', label: words.whichSome },
          ]}
        />
        {folders !== null && mailboxId !== null && (
          <FolderChoice mailboxId={mailboxId} chosen={folders} onChange={setFolders} />
        )}
        {error !== null && <ErrorState error={error} inline />}
        <Group justify="flex-end" gap="xs">
          <Button onClick={props.onClose}>{words.cancel}</Button>
          <Button type="submit" variant="filled" loading={pending} disabled={!ready}>
            {words.pullAct}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Makes the archive first where a new one is wanted, then starts the pull. */
function useStart(onStarted: (archiveId: string) => void) {
  const create = useCommand('archive.create')
  const pull = useCommand('archive.pull')
  const start = (wanted: {
    readonly mailboxId: string
    readonly archiveId: string
    readonly newName: string
    readonly folders: readonly string[] | null
  }): void => {
    const into = (archiveId: string): void =>
      pull.mutate(
        {
          archiveId,
          mailboxId: wanted.mailboxId,
          folders: wanted.folders === null ? null : [...wanted.folders],
        },
        {
          onSuccess: () => {
            toastDone(words.pullStarted)
            onStarted(archiveId)
          },
        },
      )
    if (wanted.archiveId !== 'new') into(wanted.archiveId)
    else create.mutate({ name: wanted.newName }, { onSuccess: ({ archiveId }) => into(archiveId) })
  }
  return { start, pending: create.isPending || pull.isPending, error: create.error ?? pull.error }
}
