import { useState } from 'react'
import type { ArchiveSummary, ExportFormat, Selection } from '../../../core/archive/types.ts'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Dialog, DialogForm, SelectField, TextField, toastDone } from '../../ui/index.ts'
import { HandoverOptions } from './handover-options.tsx'
import type { ArchiveAddress } from './use-archive-address.ts'
import { useHandover } from './use-handover.ts'

interface ExportDialogProps {
  readonly opened: boolean
  readonly archive: ArchiveSummary
  /** What is on the screen: the folder and the search that can be exported. */
  readonly address: ArchiveAddress
  readonly onClose: () => void
}

const formats: readonly ExportFormat[] = ['mboxrd', 'eml', 'maildir']

/** Hands mail over: what, in which format, where to, and why. */
export function ExportDialog(props: ExportDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.exportTitle}>
      <ExportForm {...props} />
    </Dialog>
  )
}

function ExportForm(props: ExportDialogProps) {
  const { archive } = props
  const choices = useChoices(props)
  const [what, setWhat] = useState<string | null>(null)
  const [format, setFormat] = useState<ExportFormat>('mboxrd')
  const [destination, setDestination] = useState('')
  const [note, setNote] = useState('')
  const handover = useHandover()
  const start = useCommand('archive.export')
  // The narrowest of what is on the screen is what people mean; the whole is one click away.
  const chosen = choices.find(({ value }) => value === what) ?? choices.at(-1)
  const send = (): void => {
    const choices = handover.take()
    if (chosen === undefined || choices === null) return
    start.mutate(
      {
        archiveId: archive.archiveId,
        selection: chosen.selection,
        format,
        destination: destination.trim() === '' ? null : destination.trim(),
        note,
        ...choices,
      },
      {
        onSuccess: ({ path }) => {
          toastDone(words.exportStarted(path))
          props.onClose()
        },
      },
    )
  }
  return (
    <DialogForm
      act={words.exportAct}
      pending={start.isPending}

      error={start.error}
      onSubmit={send}
      onClose={props.onClose}
    >
      <p>{words.exportLead}</p>
      <SelectField
        label={words.what}
        value={chosen?.value ?? null}
        error={null}
        onChange={setWhat}
        options={choices}
      />
      <SelectField
        label={words.format}
        value={format}
        error={null}
        onChange={(value) => setFormat(value ?? 'mboxrd')}
        options={formats.map((value) => ({ value, label: words.formats[value] }))}
      />
      <TextField
        label={words.destination}
        hint={words.destinationHint}
        value={destination}
        error={null}
        onChange={setDestination}
      />
      <TextField label={words.reason} hint={words.reasonHint} value={note} error={null} onChange={setNote} />
      <HandoverOptions handover={handover} />
    </DialogForm>
  )
}

interface What {
  readonly value: string
  readonly label: string
  readonly selection: Selection
}

function useChoices({ archive, address }: ExportDialogProps): readonly What[] {
  const folders = useQueryOf('archive.folders', { archiveId: archive.archiveId })
  const { folderId } = address
  const text = address.text.trim()
  const folder = folders.data?.folders.find((one) => one.folderId === folderId)
  const choices: What[] = [
    {
      value: 'all',
      label: words.whatAll(archive.messageCount),
      selection: { kind: 'folders', folderIds: [] },
    },
  ]
  if (folderId !== null && folder !== undefined)
    choices.push({
      value: 'folder',
      label: words.whatFolder(folder.path),
      selection: { kind: 'folders', folderIds: [folderId] },
    })
  if (text !== '')
    choices.push({
      value: 'search',
      label: words.whatSearch(text),
      selection: { kind: 'search', text, folderId },
    })
  return choices
}
