import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ArchiveSummary, Selection } from '../../../../core/archive/types.ts'
import type { RestoreOptions } from '../../../../core/restore/types.ts'
import { restoreFormWords as words } from '../../../i18n/restore.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import {
  Button,
  Choice,
  Dialog,
  DialogForm,
  Fold,
  SelectField,
  Stack,
  SwitchField,
  TextField,
} from '../../../ui/index.ts'
import type { ArchiveAddress } from '../use-archive-address.ts'
import { RestorePreview } from './restore-preview.tsx'
import { noTarget, TargetFields, targetOf } from './target-fields.tsx'

interface RestoreDialogProps {
  readonly opened: boolean
  readonly archive: ArchiveSummary
  /** What is on the screen: the folder, the search and the message that can be restored. Null: none of them. */
  readonly address: Pick<ArchiveAddress, 'folderId' | 'text' | 'occurrenceId'> | null
  readonly onClose: () => void
}

/** Brings mail back: what, where to, into which folders; looked at first, or at once. */
export function RestoreDialog(props: RestoreDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.title} size="lg">
      <RestoreForm {...props} />
    </Dialog>
  )
}

const firstOptions: RestoreOptions = {
  prefix: null,
  useSpecialFolders: true,
  folders: [],
  leaveOutGone: false,
  keepDeletedFlag: false,
  labels: 'leave_out',
}

function RestoreForm(props: RestoreDialogProps) {
  const { archive } = props
  const choices = useChoices(props)
  const [what, setWhat] = useState<string | null>(null)
  const [where, setWhere] = useState(noTarget)
  const [below, setBelow] = useState<'below' | 'same'>('below')
  const [prefix, setPrefix] = useState(() => words.prefixDefault(Date.now()))
  const [options, setOptions] = useState(firstOptions)
  const { begin, pending, error } = useBegin(archive.archiveId)
  // The narrowest of what is on the screen is what people mean; the whole is one click away.
  const chosen = choices.find(({ value }) => value === what) ?? choices.at(-1)
  const target = targetOf(where)
  const named = below === 'same' ? null : prefix.trim()
  const ready = chosen !== undefined && target !== null && named !== ''
  const request = ready
    ? {
        archiveId: archive.archiveId,
        selection: chosen.selection,
        target,
        options: { ...options, prefix: named },
      }
    : null
  return (
    <DialogForm
      act={words.tryAct}
      pending={pending}
      disabled={request === null}
      error={error}
      onSubmit={() => {
        if (request !== null) begin(request, true)
      }}
      others={
        <Button
          disabled={request === null || pending}
          onClick={() => request !== null && begin(request, false)}
        >
          {words.act}
        </Button>
      }
      onClose={props.onClose}
    >
      <p>{words.lead}</p>
      <SelectField
        label={words.what}
        value={chosen?.value ?? null}
        error={null}
        onChange={setWhat}
        options={choices}
      />
      <TargetFields value={where} onChange={setWhere} />
      <Choice
        label={words.into}
        labelled
        value={below}
        onChange={setBelow}
        options={[
          { value: 'below', label: words.intos.below },
          { value: 'same', label: words.intos.same },
        ]}
      />
      {below === 'below' && (
        <TextField label={words.prefix} required value={prefix} error={null} onChange={setPrefix} />
      )}
      <MoreChoices value={options} onChange={setOptions} />
      <RestorePreview request={request} />
    </DialogForm>
  )
}

function MoreChoices(props: {
  readonly value: RestoreOptions
  readonly onChange: (value: RestoreOptions) => void
}) {
  const { value } = props
  const change = (part: Partial<RestoreOptions>) => props.onChange({ ...value, ...part })
  return (
    <Fold title={words.more}>
      <Stack gap="sm" mt="sm">
        <SwitchField
          label={words.leaveOutGone}
          value={value.leaveOutGone}
          error={null}
          onChange={(leaveOutGone) => change({ leaveOutGone })}
        />
        <SwitchField
          label={words.useSpecial}
          value={value.useSpecialFolders}
          error={null}
          onChange={(useSpecialFolders) => change({ useSpecialFolders })}
        />
        <SwitchField
          label={words.keepDeleted}
          value={value.keepDeletedFlag}
          error={null}
          onChange={(keepDeletedFlag) => change({ keepDeletedFlag })}
        />
        <SelectField
          label={words.labels}
          value={value.labels}
          error={null}
          onChange={(labels) => change({ labels: labels ?? 'leave_out' })}
          options={(['leave_out', 'keywords', 'folders'] as const).map((labels) => ({
            value: labels,
            label: words.labelChoices[labels],
          }))}
        />
      </Stack>
    </Fold>
  )
}

/** Starts a restore or its dry run, and goes to where it is seen. */
function useBegin(archiveId: string) {
  const navigate = useNavigate()
  const start = useCommand('restore.start')
  const begin = (request: Parameters<typeof start.mutate>[0], dryRun: boolean): void =>
    start.mutate(
      { ...request, dryRun },
      { onSuccess: ({ restoreId }) => void navigate(`/archive/${archiveId}/restore/${restoreId}`) },
    )
  return { begin, pending: start.isPending, error: start.error }
}

interface What {
  readonly value: string
  readonly label: string
  readonly selection: Selection
}

function useChoices({ archive, address }: RestoreDialogProps): readonly What[] {
  const folders = useQueryOf('archive.folders', { archiveId: archive.archiveId })
  const choices: What[] = [
    {
      value: 'all',
      label: words.whatAll(archive.messageCount),
      selection: { kind: 'folders', folderIds: [] },
    },
  ]
  if (address === null) return choices
  const { folderId, occurrenceId } = address
  const text = address.text.trim()
  const folder = folders.data?.folders.find((one) => one.folderId === folderId)
  if (folder !== undefined)
    choices.push({
      value: 'folder',
      label: words.whatFolder(folder.path),
      selection: { kind: 'folders', folderIds: [folder.folderId] },
    })
  if (text !== '')
    choices.push({
      value: 'search',
      label: words.whatSearch(text),
      selection: { kind: 'search', text, folderId },
    })
  if (occurrenceId !== null)
    choices.push({
      value: 'message',
      label: words.whatMessage,
      selection: { kind: 'messages', occurrenceIds: [occurrenceId] },
    })
  return choices
}
