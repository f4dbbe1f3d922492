import { transportSecurity } from '../../../core/accounts/types.ts'
import { mailboxFormWords as words, mailboxWords } from '../../i18n/accounts.ts'
import {
  FieldPair,
  Fold,
  Hint,
  NumberField,
  SelectField,
  Stack,
  TextAreaField,
  TextField,
  type Form,
} from '../../ui/index.ts'
import { portAfter, type MailboxValues } from './mailbox-fields.ts'
import classes from './people.module.css'

/** Everything that says how a mailbox is reached; for adding, for changing, and for a diagnosis on the spot. */
export function MailboxSettings(props: {
  readonly form: Pick<Form<Omit<MailboxValues, 'address'>>, 'field'>
  /** Left empty, the user name is the address. */
  readonly usernameOptional?: boolean
}) {
  const { form, usernameOptional = false } = props
  const signIn = form.field('signIn')
  return (
    <Stack gap="md">
      <FieldPair>
        <TextField
          label={words.username}
          hint={usernameOptional ? words.usernameOptional : words.usernameHint}
          required={!usernameOptional}
          {...form.field('username')}
        />
        <SelectField
          label={words.signIn}
          hint={words.signInHint}
          options={(['password', 'xoauth2'] as const).map((value) => ({
            value,
            label: mailboxWords.signIns[value],
          }))}
          value={signIn.value}
          error={signIn.error}
          onChange={(value) => value !== null && signIn.onChange(value)}
        />
      </FieldPair>
      <ServerFields form={form} protocol="imap" title={words.receiving} />
      <ServerFields form={form} protocol="smtp" title={words.sending} />
      <Hint>{words.hostHint}</Hint>
      <Fold title={words.network}>
        <Stack gap="md">
          <Hint>{words.networkHint}</Hint>
          <TextField label={words.dns} hint={words.dnsHint} {...form.field('dnsServers')} />
          <div className={classes.pem}>
            <TextAreaField label={words.ca} {...form.field('trustedCaPem')} />
          </div>
        </Stack>
      </Fold>
    </Stack>
  )
}

function ServerFields(props: {
  readonly form: Pick<Form<Omit<MailboxValues, 'address'>>, 'field'>
  readonly protocol: 'imap' | 'smtp'
  readonly title: string
}) {
  const { form, protocol } = props
  const port = form.field(`${protocol}Port`)
  const security = form.field(`${protocol}Security`)
  return (
    <fieldset className={classes.serverFields}>
      <legend className={classes.legend}>{props.title}</legend>
      <TextField label={words.host} {...form.field(`${protocol}Host`)} />
      <SelectField
        label={words.security}
        options={transportSecurity.options.map((value) => ({ value, label: mailboxWords.securities[value] }))}
        value={security.value}
        error={security.error}
        onChange={(value) => {
          if (value === null) return
          port.onChange(portAfter(protocol, port.value, security.value, value))
          security.onChange(value)
        }}
      />
      <NumberField label={words.port} min={1} max={65535} {...port} />
    </fieldset>
  )
}
