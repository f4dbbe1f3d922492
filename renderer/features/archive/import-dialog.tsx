import { useState } from 'react'
import type { ImportPreview } from '../../../core/archive/imports.ts'
import { mboxVariant } from '../../../core/archive/mbox-variants.ts'
import type { MboxVariant } from '../../../core/archive/mbox-variants.ts'
import { countMessages } from '../../i18n/archive.ts'
import { importWords as words } from '../../i18n/import.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Dialog,
  DialogForm,
  Fold,
  Hint,
  QueryView,
  SecretField,
  SelectField,
  Stack,
  TextField,
  toastDone,
} from '../../ui/index.ts'
import classes from './archive.module.css'

interface ImportDialogProps {
  readonly opened: boolean
  readonly archiveId: string
  readonly onClose: () => void
}

/** Mail from files: first what is there, then whose it is. */
export function ImportDialog(props: ImportDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.title}>
      <ImportForm {...props} />
    </Dialog>
  )
}

function ImportForm({ archiveId, onClose }: ImportDialogProps) {
  const [path, setPath] = useState('')
  const [secret, setSecret] = useState('')
  const [asked, setAsked] = useState<{ path: string; secret: string | null } | null>(null)
  const [source, setSource] = useState<string | null>(null)
  const [variant, setVariant] = useState<MboxVariant | null>(null)
  const preview = useQueryOf('archive.inspectImport', asked ?? { path: '/' }, { enabled: asked !== null })
  const start = useCommand('archive.import')
  const found = asked === null ? undefined : preview.data
  const change = (next: string): void => {
    setPath(next)
    setAsked(null)
    setSource(null)
  }
  const send = (): void => {
    const given = secret === '' ? null : secret
    if (found === undefined || asked === null) return setAsked({ path: path.trim(), secret: given })
    start.mutate(
      { archiveId, path: asked.path, secret: asked.secret, source: source ?? found.source, variant },
      {
        onSuccess: () => {
          toastDone(words.started)
          onClose()
        },
      },
    )
  }
  return (
    <DialogForm
      act={found === undefined ? words.look : words.act}
      pending={start.isPending || (asked !== null && preview.isFetching)}
      disabled={path.trim() === '' || found?.kind === 'nothing'}
      error={start.error}
      onSubmit={send}
      onClose={onClose}
    >
      <p>{words.lead}</p>
      <TextField
        label={words.path}
        hint={words.pathHint}
        required
        autoFocus
        value={path}
        error={null}
        onChange={change}
      />
      {/\.age$/i.test(path.trim()) && (
        <SecretField
          label={words.secret}
          hint={words.secretHint}
          value={secret}
          error={null}
          onChange={setSecret}
        />
      )}
      {asked !== null && (
        <QueryView query={preview} rows={3}>
          {(data) => (
            <Found
              preview={data}
              source={source ?? data.source}
              onSource={setSource}
              variant={variant}
              onVariant={setVariant}
            />
          )}
        </QueryView>
      )}
    </DialogForm>
  )
}

const shownFolders = 12

function Found(props: {
  readonly preview: ImportPreview
  readonly source: string
  readonly onSource: (source: string) => void
  readonly variant: MboxVariant | null
  readonly onVariant: (variant: MboxVariant | null) => void
}) {
  const { preview } = props
  const keepsSource = preview.kind === 'archive' || preview.kind === 'bundle'
  const more = preview.folders.length - shownFolders
  return (
    <>
      <p role="status">{words.found(preview)}</p>
      {preview.isEstimate && <Hint>{words.estimate}</Hint>}
      {preview.folders.length > 0 && (
        <ul className={classes.foundFolders} aria-label={words.foldersFound}>
          {preview.folders.slice(0, shownFolders).map(({ path, messages }) => (
            <li key={path}>
              <bdi>{path}</bdi>
              <span>{messages === null ? '' : countMessages(messages)}</span>
            </li>
          ))}
          {more > 0 && <li>{words.moreFolders(more)}</li>}
        </ul>
      )}
      {preview.ignored > 0 && <Hint>{words.ignored(preview.ignored)}</Hint>}
      {preview.notes.map((note) => (
        <Hint key={note}>{note}</Hint>
      ))}
      {keepsSource && <Hint>{words.keepsSource}</Hint>}
      {!keepsSource && preview.kind !== 'nothing' && (
        <TextField
          label={words.source}
          hint={words.sourceHint}
          value={props.source}
          error={null}
          onChange={props.onSource}
        />
      )}
      {preview.mboxes.length > 0 && (
        <Fold title={words.variant}>
          <Stack gap="xs" mt="sm">
            <SelectField
              label={words.variant}
              value={props.variant ?? 'auto'}
              error={null}
              onChange={(value) => props.onVariant(value === 'auto' || value === null ? null : value)}
              options={[
                { value: 'auto' as const, label: words.variantAuto },
                ...mboxVariant.options.map((value) => ({ value, label: words.variants[value] })),
              ]}
            />
            {preview.mboxes.slice(0, shownFolders).map(({ path, variant, why }) => (
              <Hint key={path}>{words.recognised(path, variant, why)}</Hint>
            ))}
          </Stack>
        </Fold>
      )}
    </>
  )
}
