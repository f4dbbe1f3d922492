import type { SignInMethod } from '../../../core/accounts/types.ts'
import { secretWords as words } from '../../i18n/accounts.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { SecretField, Stack, StateBadge, SwitchField } from '../../ui/index.ts'
import { VaultForm } from '../settings/index.tsx'
import classes from './people.module.css'

/** A secret that is being typed, and whether it is to be kept. */
export interface TypedSecret {
  readonly secret: string
  readonly remember: boolean
}

interface SecretFieldsProps {
  readonly signIn: SignInMethod
  readonly value: TypedSecret
  readonly error: string | null
  readonly onChange: (value: TypedSecret) => void
}

/** A password or token, and for how long it is kept. */
export function SecretFields(props: SecretFieldsProps) {
  const { signIn, value, onChange } = props
  return (
    <Stack gap="md">
      <SecretField
        label={words.label[signIn]}
        hint={words.hint[signIn]}
        value={value.secret}
        error={props.error}
        onChange={(secret) => onChange({ ...value, secret })}
      />
      <SwitchField
        label={words.remember}
        hint={value.remember ? words.rememberHint.on : words.rememberHint.off}
        value={value.remember}
        error={null}
        onChange={(remember) => onChange({ ...value, remember })}
      />
    </Stack>
  )
}

/** Whether secrets can be kept now. True until the desk has said otherwise: it is the rule. */
export function useStoreReady(): boolean {
  const { data } = useQueryOf('desk.status', {})
  return data === undefined || data.secretStore.state === 'ready'
}

/** Says why nothing can be kept yet, and lets the vault be opened or made on the spot. */
export function StoreNotice() {
  const { data } = useQueryOf('desk.status', {})
  if (data === undefined || data.secretStore.state === 'ready') return null
  const isNew = data.secretStore.state === 'missing'
  return (
    <div className={classes.notice}>
      <p className={classes.noticeText}>
        <StateBadge state="warning" /> {isNew ? words.vaultMissing : words.vaultLocked}
      </p>
      <VaultForm isNew={isNew} />
    </div>
  )
}
