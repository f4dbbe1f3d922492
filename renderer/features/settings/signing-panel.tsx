import { useState } from 'react'
import type { SigningStatus } from '../../../core/signing/contract.ts'
import { groupFingerprint } from '../../../core/signing/types.ts'
import { signingWords as words } from '../../i18n/signing.ts'
import { useCommand } from '../../ipc/index.ts'
import {
  Button,
  ConfirmAct,
  CopyButton,
  ErrorState,
  Facts,
  Hint,
  MachineText,
  StateBadge,
  type Verdict,
} from '../../ui/index.ts'
import classes from './settings-page.module.css'

const verdictOf: Readonly<Record<SigningStatus['state'], Verdict>> = {
  ready: 'pass',
  locked: 'unknown',
  none: 'not_applicable',
  lost: 'fail',
}

/** The key with which bundles and records are signed: its fingerprint, so that a receiver can compare it. */
export function SigningPanel(props: { readonly signing: SigningStatus }) {
  const { state, fingerprint, publicKeyPem } = props.signing
  return (
    <div className={classes.form}>
      <Hint>{words.hint}</Hint>
      <Facts
        facts={[
          [
            words.state,
            <StateBadge key="state" state={verdictOf[state]}>
              {words.states[state]}
            </StateBadge>,
          ],
          ...(fingerprint === null || publicKeyPem === null
            ? []
            : ([
                [words.fingerprint, <Copied key="print" text={fingerprint} what={words.theFingerprint} />],
                [words.publicKey, <Copied key="key" text={publicKeyPem} what={words.thePublicKey} />],
              ] as const)),
        ]}
      />
      {state !== 'locked' && <NewKey isFirst={state === 'none'} />}
    </div>
  )
}

function Copied(props: { readonly text: string; readonly what: string }) {
  const shown = props.text.includes('\n') ? props.text.trim() : groupFingerprint(props.text)
  return (
    <span className={classes.key}>
      <MachineText>{shown}</MachineText>
      <CopyButton text={props.text} what={props.what} />
    </span>
  )
}

function NewKey(props: { readonly isFirst: boolean }) {
  const [asking, setAsking] = useState(false)
  const renew = useCommand('signing.renew')
  return (
    <div>
      <Button
        size="compact-sm"
        loading={renew.isPending}
        onClick={() => (props.isFirst ? renew.mutate({}) : setAsking(true))}
      >
        {props.isFirst ? words.make : words.renew}
      </Button>
      {renew.error !== null && <ErrorState error={renew.error} inline />}
      <ConfirmAct
        opened={asking}
        onClose={() => setAsking(false)}
        title={words.renewTitle}
        what={words.renewWhat}
        cannotBeUndone={words.renewLost}
        wayBack={words.renewKept}
        actLabel={words.renew}
        onConfirm={() => renew.mutateAsync({})}
      />
    </div>
  )
}
