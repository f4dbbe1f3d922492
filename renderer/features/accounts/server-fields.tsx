import { transportSecurity } from '../../../core/accounts/types.ts'
import { mailboxFormWords as words, mailboxWords } from '../../i18n/accounts.ts'
import { NumberField, SelectField, TextAreaField, TextField, type Form } from '../../ui/index.ts'
import { portAfter, type MailboxValues } from './mailbox-fields.ts'
import classes from './people.module.css'

/** Everything that says how a mailbox is reached; for adding and for changing. */
export function MailboxSettings({ form }: { readonly form: Form<MailboxValues> }) {
  const signIn = form.field('signIn')
  return (
    <div className={classes.fields}>
      <div className={classes.pair}>
        <TextField label={words.username} hint={words.usernameHint} required {...form.field('username')} />
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
      </div>
      <ServerFields form={form} protocol="imap" title={words.receiving} />
      <ServerFields form={form} protocol="smtp" title={words.sending} />
      <p className={classes.hint}>{words.hostHint}</p>
      <details className={classes.more}>
        <summary>{words.network}</summary>
        <div className={classes.fields}>
          <p className={classes.hint}>{words.networkHint}</p>
          <TextField label={words.dns} hint={words.dnsHint} {...form.field('dnsServers')} />
          <div className={classes.pem}>
            <TextAreaField label={words.ca} {...form.field('trustedCaPem')} />
          </div>
        </div>
      </details>
    </div>
  )
}

function ServerFields(props: {
  readonly form: Form<MailboxValues>
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
