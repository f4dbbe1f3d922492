import { useState } from 'react'
import type { ArchiveCopy } from '../../../../core/archive/safety-endpoints.ts'
import { contract } from '../../../../core/contract/index.ts'
import { copyWords as words } from '../../../i18n/archive-safety.ts'
import { useCommand } from '../../../ipc/index.ts'
import {
  Button,
  Dialog,
  DialogForm,
  Panel,
  SwitchField,
  TextField,
  toastError,
  useForm,
} from '../../../ui/index.ts'
import classes from '../archive.module.css'
import { CopyRow } from './copy-row.tsx'

const { input } = contract.archive.endpoints.addCopy

/** The second copies of an archive, and how each stands. */
export function CopiesPanel(props: { readonly archiveId: string; readonly copies: readonly ArchiveCopy[] }) {
  const { archiveId, copies } = props
  const [adding, setAdding] = useState(false)
  return (
    <Panel
      title={words.title}
      flush
      aside={
        <Button size="compact-sm" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      }
    >
      {copies.length === 0 ? (
        <p className={classes.panelHint}>{words.none}</p>
      ) : (
        <ul>
          {copies.map((copy) => (
            <CopyRow key={copy.copyId} copy={copy} />
          ))}
        </ul>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={words.addTitle}>
        <AddForm archiveId={archiveId} onClose={() => setAdding(false)} />
      </Dialog>
    </Panel>
  )
}

function AddForm({ archiveId, onClose }: { readonly archiveId: string; readonly onClose: () => void }) {
  const form = useForm(input, { archiveId, path: '', automatic: true })
  const add = useCommand('archive.addCopy')
  const sync = useCommand('archive.syncCopy')
  return (
    <DialogForm
      act={words.addAct}
      pending={add.isPending}
      error={add.error}
      onSubmit={() =>
        form.submit((wish) =>
          add.mutate(wish, {
            onSuccess: ({ copyId }) => {
              sync.mutate({ copyId }, { onError: toastError })
              onClose()
            },
          }),
        )
      }
      onClose={onClose}
    >
      <TextField label={words.path} hint={words.pathHint} required autoFocus {...form.field('path')} />
      <SwitchField label={words.automatic} {...form.field('automatic')} />
    </DialogForm>
  )
}
