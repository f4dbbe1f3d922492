import { useState } from 'react'
import type { ArchiveSummary } from '../../../../core/archive/types.ts'
import { keyWords as words } from '../../../i18n/archive-keys.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import {
  Button,
  DetailPane,
  ErrorState,
  Panel,
  Stack,
  SwitchField,
  TextAreaField,
} from '../../../ui/index.ts'

/** An encrypted archive whose key is not here or cannot be reached: asks for the recovery key, once. */
export function UnlockForm(props: { readonly archive: ArchiveSummary }) {
  const { archiveId, state } = props.archive
  const isLocked = state === 'key_locked'
  const [recoveryKey, setRecoveryKey] = useState('')
  const [remember, setRemember] = useState(true)
  const keeping = useQueryOf('archive.keyKeeping', {})
  const unlock = useCommand('archive.unlock')
  const canKeep = keeping.data !== undefined && keeping.data.place !== null
  return (
    <DetailPane>
      <Panel title={isLocked ? words.lockedTitle : words.unlockTitle}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            unlock.mutate({ archiveId, recoveryKey, remember: remember && canKeep })
          }}
        >
          <Stack gap="md">
            <p>{isLocked ? words.lockedLead : words.unlockLead}</p>
            <TextAreaField
              label={words.typedKey}
              hint={words.typedKeyHint}
              value={recoveryKey}
              error={null}
              onChange={setRecoveryKey}
            />
            {canKeep && (
              <SwitchField
                label={words.remember}
                hint={words.rememberHint}
                value={remember}
                error={null}
                onChange={setRemember}
              />
            )}
            {unlock.error !== null && <ErrorState error={unlock.error} inline />}
            <Button
              type="submit"
              variant="filled"
              loading={unlock.isPending}
              disabled={recoveryKey.trim() === ''}
              style={{ alignSelf: 'flex-start' }}
            >
              {words.unlockAct}
            </Button>
          </Stack>
        </form>
      </Panel>
    </DetailPane>
  )
}
