import { useState } from 'react'
import type { DiagnosisSubject } from '../../../core/diagnostics/types.ts'
import { startWords as words } from '../../i18n/diagnostics.ts'
import { Button, FieldPair, Panel, SecretField, Stack, TextField, useForm } from '../../ui/index.ts'
import { FindServers, MailboxSettings } from '../accounts/index.tsx'
import { noActs, OptionsPanel } from './options-panel.tsx'
import type { StartRequest } from './start-panel.tsx'
import { adHocFields, fieldsFrom, targetFrom, type AdHocFields } from './target.ts'

/** Any address with its servers, given on the spot; filled from an earlier run when there is one. */
export function AdHocForm(props: {
  readonly earlier: DiagnosisSubject | null
  readonly pending: boolean
  readonly onStart: (request: StartRequest) => void
}) {
  const form = useForm<AdHocFields>(adHocFields, fieldsFrom(props.earlier))
  const [acts, setActs] = useState(noActs)
  const { values } = form
  return (
    <form
      // Problems are said at their fields, in our words.
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        form.submit((fields) => props.onStart({ target: targetFrom(fields), options: acts }))
      }}
    >
      <Stack gap="md">
        <Panel title={words.kinds.adHoc}>
          <Stack gap="md">
            <FieldPair>
              <TextField label={words.address} kind="email" required {...form.field('address')} />
              <SecretField label={words.secret} hint={words.secretHint} {...form.field('secret')} />
            </FieldPair>
            <FindServers
              address={values.address}
              onChoose={(found) => form.reset({ ...values, ...found, address: values.address })}
            />
            <MailboxSettings form={form} usernameOptional />
          </Stack>
        </Panel>
        <OptionsPanel value={acts} onChange={setActs} />
        <div>
          <Button type="submit" variant="filled" loading={props.pending}>
            {words.start}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
