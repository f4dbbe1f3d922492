import { useState } from 'react'
import { drillWords as words } from '../../../i18n/restore.ts'
import { useCommand } from '../../../ipc/index.ts'
import { Choice, Dialog, DialogForm, NumberField, toastDone } from '../../../ui/index.ts'
import { noTarget, TargetFields, targetOf } from './target-fields.tsx'

interface DrillDialogProps {
  readonly opened: boolean
  readonly archiveId: string
  readonly onClose: () => void
}

/** Begins a drill: in which mailbox or folder, and with how much. */
export function DrillDialog(props: DrillDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.formTitle}>
      <DrillForm {...props} />
    </Dialog>
  )
}

function DrillForm(props: DrillDialogProps) {
  const [where, setWhere] = useState(noTarget)
  const [sample, setSample] = useState<'sample' | 'all'>('sample')
  const [count, setCount] = useState(100)
  const drill = useCommand('restore.drill')
  const target = targetOf(where)
  return (
    <DialogForm
      act={words.act}
      pending={drill.isPending}
      disabled={target === null}
      error={drill.error}
      onClose={props.onClose}
      onSubmit={() => {
        if (target === null) return
        drill.mutate(
          { archiveId: props.archiveId, target, sampleCount: sample === 'all' ? null : count },
          {
            onSuccess: () => {
              toastDone(words.started)
              props.onClose()
            },
          },
        )
      }}
    >
      <p>{words.lead}</p>
      <TargetFields value={where} onChange={setWhere} />
      <Choice
        label={words.sample}
        labelled
        value={sample}
        onChange={setSample}
        options={[
          { value: 'sample', label: words.samples.sample },
          { value: 'all', label: words.samples.all },
        ]}
      />
      {sample === 'sample' && (
        <NumberField
          label={words.count}
          hint={words.countHint}
          min={0}
          max={100_000}
          value={count}
          error={null}
          onChange={setCount}
        />
      )}
    </DialogForm>
  )
}
