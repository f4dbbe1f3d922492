import { useState } from 'react'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Choice, Dialog, DialogForm, SelectField, TextField, toastDone } from '../../ui/index.ts'
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
    <Dialog opened={props.opened} onClose={props.onClose} title={words.pullTitle}>
      <PullForm {...props} />
    </Dialog>
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
    <DialogForm
      act={words.pullAct}
      pending={pending}
      disabled={!ready}
      error={error}
      onSubmit={() => {
        if (mailboxId !== null && ready) start({ mailboxId, archiveId, newName, folders })
      }}
      onClose={props.onClose}
    >
      <p>{words.pullLead}</p>
      <MailboxField
        label={words.mailbox}
        hint={words.mailboxHint}
        placeholder={words.mailboxPlaceholder}
        none={words.noMailbox}
        value={mailboxId}
        error={null}
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
    </DialogForm>
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
