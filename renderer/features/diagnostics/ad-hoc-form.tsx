import { useState } from 'react'
import { transportSecurity } from '../../../core/accounts/types.ts'
import type { DiagnosisSubject } from '../../../core/diagnostics/types.ts'
import { startWords as words } from '../../i18n/diagnostics.ts'
import {
  Button,
  Facts,
  MachineText,
  NumberField,
  Panel,
  SecretField,
  SelectField,
  TextField,
  useForm,
  type Form,
} from '../../ui/index.ts'
import classes from './diagnostics.module.css'
import { noActs, OptionsPanel } from './options-panel.tsx'
import type { StartRequest } from './start-panel.tsx'
import { adHocFields, fieldsFrom, portFor, targetFrom, type AdHocFields } from './target.ts'

/** Any address with its servers, given on the spot; filled from an earlier run when there is one. */
export function AdHocForm(props: {
  readonly earlier: DiagnosisSubject | null
  readonly pending: boolean
  readonly onStart: (request: StartRequest) => void
}) {
  const { earlier } = props
  const form = useForm<AdHocFields>(adHocFields, fieldsFrom(earlier))
  const [acts, setActs] = useState(noActs)
  const servers = earlier?.network.dnsServers ?? []
  return (
    <form
      // Problems are said at their fields, in our words.
      noValidate
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault()
        form.submit((fields) =>
          props.onStart({ target: targetFrom(fields, earlier?.network), options: acts }),
        )
      }}
    >
      <Panel title={words.kinds.adHoc}>
        <div className={classes.fields}>
          <div className={classes.pair}>
            <TextField label={words.address} kind="email" required {...form.field('address')} />
            <TextField label={words.username} hint={words.usernameHint} {...form.field('username')} />
          </div>
          <div className={classes.pair}>
            <SelectField
              label={words.signIn}
              options={(['password', 'xoauth2'] as const).map((value) => ({
                value,
                label: words.signIns[value],
              }))}
              {...form.field('signIn')}
              onChange={(value) => value !== null && form.field('signIn').onChange(value)}
            />
            <SecretField label={words.secret} hint={words.secretHint} {...form.field('secret')} />
          </div>
          <p className={classes.hint}>{words.hostHint}</p>
          <ServerFields form={form} protocol="imap" title={words.receiving} />
          <ServerFields form={form} protocol="smtp" title={words.sending} />
          {servers.length > 0 && (
            <Facts facts={[[words.network, <MachineText key="dns">{servers.join(', ')}</MachineText>]]} />
          )}
        </div>
      </Panel>
      <OptionsPanel value={acts} onChange={setActs} />
      <div>
        <Button type="submit" variant="filled" loading={props.pending}>
          {words.start}
        </Button>
      </div>
    </form>
  )
}

function ServerFields(props: {
  readonly form: Form<AdHocFields>
  readonly protocol: 'imap' | 'smtp'
  readonly title: string
}) {
  const { form, protocol } = props
  const port = form.field(`${protocol}Port`)
  const security = form.field(`${protocol}Security`)
  return (
    <fieldset className={classes.server}>
      <legend className={classes.legend}>{props.title}</legend>
      <TextField label={words.host} {...form.field(`${protocol}Host`)} />
      <SelectField
        label={words.security}
        options={transportSecurity.options.map((value) => ({ value, label: words.securities[value] }))}
        value={security.value}
        error={security.error}
        onChange={(value) => {
          if (value === null) return
          port.onChange(portFor(protocol, port.value, security.value, value))
          security.onChange(value)
        }}
      />
      <NumberField label={words.port} min={1} max={65535} {...port} />
    </fieldset>
  )
}
