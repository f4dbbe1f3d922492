import { groupFingerprint } from '../../../core/signing/types.ts'
import { handoverWords as words } from '../../i18n/handover.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  Fold,
  SecretField,
  SelectField,
  Stack,
  SwitchField,
  TextAreaField,
  TextField,
} from '../../ui/index.ts'
import type { Encryption, Handover, Split } from './use-handover.ts'

const encryptions: readonly Encryption[] = ['none', 'passphrase', 'recipients']
const splits: readonly Split[] = ['none', '25', '650', '4000']

/** Signature and encryption of a bundle, and behind a fold what is right for most as it is. */
export function HandoverOptions(props: { readonly handover: Handover }) {
  const { value, change } = props.handover
  return (
    <>
      <SignSwitch handover={props.handover} />
      <SelectField
        label={words.encryption}
        hint={words.encryptionHints[value.encryption]}
        value={value.encryption}
        error={null}
        onChange={(encryption) => change({ encryption: encryption ?? 'none' })}
        options={encryptions.map((one) => ({ value: one, label: words.encryptions[one] }))}
      />
      <EncryptionFields handover={props.handover} />
      <Fold title={words.more}>
        <Stack gap="md" mt="sm">
          <TextField
            label={words.by}
            hint={words.byHint}
            value={value.by}
            error={null}
            onChange={(by) => change({ by })}
          />
          <SelectField
            label={words.split}
            hint={words.splitHint}
            value={value.split}
            error={null}
            onChange={(split) => change({ split: split ?? 'none' })}
            options={splits.map((one) => ({ value: one, label: words.splits[one] }))}
          />
          <SwitchField
            label={words.index}
            hint={words.indexHint}
            value={value.humanIndex}
            error={null}
            onChange={(humanIndex) => change({ humanIndex })}
          />
        </Stack>
      </Fold>
    </>
  )
}

function EncryptionFields({ handover: { value, errors, change } }: { readonly handover: Handover }) {
  if (value.encryption === 'recipients')
    return (
      <TextAreaField
        label={words.recipients}
        hint={words.recipientsHint}
        value={value.recipients}
        error={errors.recipients}
        onChange={(recipients) => change({ recipients })}
      />
    )
  if (value.encryption === 'none') return null
  return (
    <>
      <SecretField
        label={words.passphrase}
        hint={words.passphraseHint}
        value={value.passphrase}
        error={errors.passphrase}
        onChange={(passphrase) => change({ passphrase })}
      />
      <SecretField
        label={words.passphraseAgain}
        value={value.again}
        error={errors.again}
        onChange={(again) => change({ again })}
      />
    </>
  )
}

function SignSwitch({ handover }: { readonly handover: Handover }) {
  const signing = useQueryOf('signing.status', {})
  const status = useQueryOf('desk.status', {})
  const store = status.data?.secretStore.state
  const state = signing.data?.state
  const fingerprint = signing.data?.fingerprint ?? ''
  const hint =
    state === 'lost'
      ? words.signLost
      : store === 'locked'
        ? words.signLocked
        : store === 'missing'
          ? words.signNoStore
          : state === 'ready'
            ? words.signReady(groupFingerprint(fingerprint.slice(0, 16)) + ' …')
            : words.signFirst
  const canSign = store === 'ready' && state !== undefined && state !== 'lost'
  return (
    <SwitchField
      label={words.sign}
      hint={hint}
      disabled={!canSign}
      value={canSign && handover.value.sign}
      error={null}
      onChange={(sign) => handover.change({ sign })}
    />
  )
}
