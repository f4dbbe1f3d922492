import type { DeskStatus } from '../../../core/desk/contract.ts'
import { settingsWords as words } from '../../i18n/settings.ts'
import { Facts, Hint, StateBadge, type Verdict } from '../../ui/index.ts'
import classes from './settings-page.module.css'
import { VaultForm } from './vault-form.tsx'

const verdictOf: Readonly<Record<DeskStatus['secretStore']['state'], Verdict>> = {
  ready: 'pass',
  locked: 'warning',
  missing: 'warning',
}

/** Where passwords are kept and why there; with the vault's form while it is closed. */
export function SecretsPanel(props: { readonly store: DeskStatus['secretStore'] }) {
  const { kind, state, reason } = props.store
  return (
    <div className={classes.form}>
      <Hint>{words.secretsHint}</Hint>
      <Facts
        facts={[
          [words.kept, words.store[kind]],
          [
            words.state,
            <StateBadge key="state" state={verdictOf[state]}>
              {words.storeState[state]}
            </StateBadge>,
          ],
          [words.why, reason],
        ]}
      />
      {state !== 'ready' && <VaultForm isNew={state === 'missing'} />}
    </div>
  )
}
