import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ArchiveSummary } from '../../../../core/archive/types.ts'
import { keyWords as words } from '../../../i18n/archive-keys.ts'
import { useCommand } from '../../../ipc/index.ts'
import { Dialog, DialogForm, TextAreaField, toastDone } from '../../../ui/index.ts'
import { RecoveryKeyOnce } from './recovery-key-once.tsx'

/** What can be done about an archive's keys. */
export type KeyDialogName = 'encrypt' | 'test' | 'renew' | 'rotate'

interface KeyDialogsProps {
  readonly archive: ArchiveSummary
  readonly opened: KeyDialogName | null
  readonly onClose: () => void
}

const titles: Readonly<Record<KeyDialogName, string>> = {
  encrypt: words.encryptTitle,
  test: words.testTitle,
  renew: words.renewTitle,
  rotate: words.rotateTitle,
}

/** The dialogs of the panel on keys, one at a time. */
export function KeyDialogs({ archive, opened, onClose }: KeyDialogsProps) {
  // The title stays while the dialog fades out.
  const [last, setLast] = useState<KeyDialogName>('test')
  if (opened !== null && opened !== last) setLast(opened)
  const form = { archive, onClose }
  return (
    <Dialog opened={opened !== null} onClose={onClose} title={titles[opened ?? last]}>
      {opened === 'encrypt' && <EncryptForm {...form} />}
      {opened === 'test' && <TestForm {...form} />}
      {opened === 'renew' && <RenewForm {...form} />}
      {opened === 'rotate' && <RotateForm {...form} />}
    </Dialog>
  )
}

type FormProps = Pick<KeyDialogsProps, 'archive' | 'onClose'>

function TestForm({ archive, onClose }: FormProps) {
  const [recoveryKey, setRecoveryKey] = useState('')
  const test = useCommand('archive.testRecoveryKey')
  const { archiveId } = archive
  const onSuccess = (): void => {
    toastDone(words.testDone)
    onClose()
  }
  return (
    <DialogForm
      act={words.testAct}
      pending={test.isPending}
      disabled={recoveryKey.trim() === ''}
      error={test.error}
      onSubmit={() => test.mutate({ archiveId, recoveryKey }, { onSuccess })}
      onClose={onClose}
    >
      <p>{words.testLead}</p>
      <TextAreaField
        label={words.typedKey}
        hint={words.typedKeyHint}
        value={recoveryKey}
        error={null}
        onChange={setRecoveryKey}
      />
    </DialogForm>
  )
}

function RotateForm({ archive, onClose }: FormProps) {
  const rotate = useCommand('archive.rotateKey')
  const { archiveId } = archive
  const onSuccess = (): void => {
    toastDone(words.rotateDone)
    onClose()
  }
  return (
    <DialogForm
      act={words.rotateAct}
      pending={rotate.isPending}
      error={rotate.error}
      onSubmit={() => rotate.mutate({ archiveId }, { onSuccess })}
      onClose={onClose}
    >
      <p>{words.rotateWhat}</p>
    </DialogForm>
  )
}

function RenewForm({ archive, onClose }: FormProps) {
  const renew = useCommand('archive.newRecoveryKey')
  const { archiveId } = archive
  return (
    <MakingKey
      {...{ archive, onClose }}
      recoveryKey={renew.data?.recoveryKey ?? null}
      act={words.renewAct}
      pending={renew.isPending}
      error={renew.error}
      onSubmit={() => renew.mutate({ archiveId })}
    >
      <p>{words.renewWhat}</p>
      <p>{words.renewLimit}</p>
    </MakingKey>
  )
}

function EncryptForm({ archive, onClose }: FormProps) {
  const encrypt = useCommand('archive.encrypt')
  const { archiveId } = archive
  return (
    <MakingKey
      {...{ archive, onClose }}
      recoveryKey={encrypt.data?.recoveryKey ?? null}
      act={words.encryptAct}
      pending={encrypt.isPending}
      error={encrypt.error}
      onSubmit={() => encrypt.mutate({ archiveId })}
    >
      <p>{words.encryptWhat}</p>
      <p>{words.encryptAfter}</p>
    </MakingKey>
  )
}

/** An act that makes a recovery key: asked for first, then the key is shown, this once. */
function MakingKey(
  props: FormProps & {
    readonly recoveryKey: string | null
    readonly act: string
    readonly pending: boolean
    readonly error: Error | null
    readonly onSubmit: () => void
    readonly children: ReactNode
  },
) {
  const { archive, recoveryKey, onClose, children, ...form } = props
  if (recoveryKey === null)
    return (
      <DialogForm {...form} onClose={onClose}>
        {children}
      </DialogForm>
    )
  const { archiveId, name } = archive
  return <RecoveryKeyOnce shown={{ archiveId, name, recoveryKey }} onDone={onClose} />
}
