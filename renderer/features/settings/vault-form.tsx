import { z } from 'zod'
import { settingsWords as words } from '../../i18n/settings.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, ErrorState, FieldPair, SecretField, toastDone, useForm } from '../../ui/index.ts'
import classes from './settings-page.module.css'

const passphrase = z.string().min(8, words.passphraseShort).max(1024)
const known = z.strictObject({ passphrase, again: z.string() })
const made = known.refine((values) => values.passphrase === values.again, {
  path: ['again'],
  message: words.passphraseDiffers,
})

/** Opens the vault, or makes it: then the passphrase is asked twice, because nobody can reset it. */
export function VaultForm(props: { readonly isNew: boolean }) {
  const { isNew } = props
  const form = useForm(isNew ? made : known, { passphrase: '', again: '' })
  const unlock = useCommand('desk.unlockVault')
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        form.submit((values) =>
          unlock.mutate({ passphrase: values.passphrase }, { onSuccess: () => toastDone(words.unlocked) }),
        )
      }}
    >
      <FieldPair>
        <SecretField
          label={isNew ? words.passphraseNew : words.passphrase}
          hint={isNew ? words.passphraseNewHint : words.passphraseHint}
          {...form.field('passphrase')}
        />
        {isNew && <SecretField label={words.passphraseAgain} hint=" " {...form.field('again')} />}
      </FieldPair>
      {unlock.error !== null && <ErrorState error={unlock.error} inline />}
      <div>
        <Button type="submit" variant="filled" loading={unlock.isPending}>
          {isNew ? words.create : words.unlock}
        </Button>
      </div>
    </form>
  )
}
