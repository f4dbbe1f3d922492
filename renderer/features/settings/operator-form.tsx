import { z } from 'zod'
import { settingsWords as words } from '../../i18n/settings.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, ErrorState, FieldPair, Hint, TextField, toastDone, useForm } from '../../ui/index.ts'
import classes from './settings-page.module.css'

const operator = z.strictObject({
  operatorName: z.string().max(200),
  operatorEmail: z.union([z.literal(''), z.email()]),
})

/** Who works here. */
export function OperatorForm(props: { readonly name: string; readonly email: string }) {
  const form = useForm(operator, { operatorName: props.name, operatorEmail: props.email })
  const update = useCommand('settings.update')
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        form.submit((values) =>
          update.mutate(values, {
            onSuccess: () => {
              form.reset(values)
              toastDone(words.saved)
            },
          }),
        )
      }}
    >
      <Hint>{words.youHint}</Hint>
      <FieldPair>
        <TextField label={words.name} {...form.field('operatorName')} />
        <TextField label={words.email} kind="email" {...form.field('operatorEmail')} />
      </FieldPair>
      {update.error !== null && <ErrorState error={update.error} inline />}
      <div>
        <Button type="submit" disabled={!form.changed} loading={update.isPending}>
          {words.saveYou}
        </Button>
      </div>
    </form>
  )
}
