import { useState } from 'react'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { keyWords } from '../../i18n/archive-keys.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Choice, Dialog, DialogForm, SelectField, TextField, toastDone } from '../../ui/index.ts'
import { MailboxField } from '../accounts/index.tsx'
import { FolderChoice } from './folder-choice.tsx'
import { EncryptionChoice } from './keys/encryption-choice.tsx'
import { RecoveryKeyOnce } from './keys/recovery-key-once.tsx'
import type { ShownKey } from './keys/recovery-key-once.tsx'

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
  const [shown, setShown] = useState<ShownKey | null>(null)
  const leave = (): void => {
    setShown(null)
    if (shown === null) props.onClose()
    else props.onStarted(shown.archiveId)
  }
  return (
    <Dialog
      opened={props.opened}
      onClose={leave}
      title={shown === null ? words.pullTitle : keyWords.once.title}
    >
      {shown === null ? (
        <PullForm {...props} onKey={setShown} />
      ) : (
        <RecoveryKeyOnce shown={shown} onDone={leave} />
      )}
    </Dialog>
  )
}

function PullForm(props: PullDialogProps & { readonly onKey: (shown: ShownKey) => void }) {
  const [mailboxId, setMailboxId] = useState(props.mailboxId)
  const [target, setTarget] = useState<string | null>(props.archiveId)
  const [newName, setNewName] = useState<string>(words.defaultName)
  const [folders, setFolders] = useState<readonly string[] | null>(null)
  const list = useQueryOf('archive.list', {}, { enabled: props.archiveId === null })
  const archives = (list.data?.archives ?? []).filter(
    ({ kind, state }) => kind === 'archive' && state === 'ready',
  )
  const archiveId = target ?? archives[0]?.archiveId ?? 'new'
  const [encrypted, setEncrypted] = useState(true)
  const { start, pending, error } = useStart(props.onStarted, props.onKey)
  const ready = mailboxId !== null && folders?.length !== 0 && (archiveId !== 'new' || newName.trim() !== '')
  return (
    <DialogForm
      act={words.pullAct}
      pending={pending}
      disabled={!ready}
      error={error}
      onSubmit={() => {
        if (mailboxId !== null && ready) start({ mailboxId, archiveId, newName, folders, encrypted })
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
        <>
          <TextField label={words.newName} required value={newName} error={null} onChange={setNewName} />
          <EncryptionChoice value={encrypted} onChange={setEncrypted} />
        </>
      )}
      <Choice
        label={words.which}
        labelled
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

/** Makes the archive first where a new one is wanted, then starts the pull; a new recovery key is shown meanwhile. */
function useStart(onStarted: (archiveId: string) => void, onKey: (shown: ShownKey) => void) {
  const create = useCommand('archive.create')
  const pull = useCommand('archive.pull')
  const start = (wanted: {
    readonly mailboxId: string
    readonly archiveId: string
    readonly newName: string
    readonly folders: readonly string[] | null
    readonly encrypted: boolean
  }): void => {
    const into = (archiveId: string, recoveryKey: string | null): void =>
      pull.mutate(
        {
          archiveId,
          mailboxId: wanted.mailboxId,
          folders: wanted.folders === null ? null : [...wanted.folders],
        },
        {
          onSuccess: () => {
            toastDone(words.pullStarted)
            if (recoveryKey === null) onStarted(archiveId)
          },
        },
      )
    if (wanted.archiveId !== 'new') into(wanted.archiveId, null)
    else
      create.mutate(
        { name: wanted.newName, encryption: wanted.encrypted ? 'default' : 'off' },
        {
          onSuccess: ({ archiveId, recoveryKey }) => {
            // Shown first: whatever becomes of the pull, this is the only time.
            if (recoveryKey !== null) onKey({ archiveId, name: wanted.newName, recoveryKey })
            into(archiveId, recoveryKey)
          },
        },
      )
  }
  return { start, pending: create.isPending || pull.isPending, error: create.error ?? pull.error }
}
