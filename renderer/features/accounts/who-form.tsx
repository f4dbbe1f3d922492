import { useState } from 'react'
import { z } from 'zod'
import { emailPattern } from '../../../core/accounts/address.ts'
import type { Person } from '../../../core/accounts/types.ts'
import { addWords as words, mailboxFormWords } from '../../i18n/accounts.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, ErrorState, FieldPair, Hint, Panel, Stack, TextField, useForm } from '../../ui/index.ts'
import { nameFromAddress } from './mailbox-fields.ts'
import classes from './people.module.css'

/** Whose mailbox is added. */
export interface Who {
  readonly email: string
  readonly name: string
}

const schema = z.strictObject({
  email: z.string().trim().max(320).regex(emailPattern, mailboxFormWords.addressBad),
  name: z.string().trim().min(1).max(200),
})

interface WhoFormProps {
  readonly person: Person | null
  readonly started: boolean
  readonly onFind: (who: Who, runId: string) => void
  readonly onByHand: (who: Who) => void
}

/** Address and name; the name is worked out from the address until somebody types it. */
export function WhoForm({ person, started, onFind, onByHand }: WhoFormProps) {
  const form = useForm(schema, { email: person?.email ?? '', name: person?.name ?? '' })
  const [named, setNamed] = useState(person !== null)
  const discover = useCommand('accounts.discover')
  const email = form.field('email')
  const name = form.field('name')
  const find = () =>
    form.submit((who) =>
      discover.mutate({ email: who.email }, { onSuccess: ({ runId }) => onFind(who, runId) }),
    )
  return (
    <Panel title={words.who}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          find()
        }}
      >
        <Stack gap="md">
          {' '}
          <Hint>{words.lead}</Hint>
          <FieldPair>
            <TextField
              label={words.email}
              kind="email"
              required
              autoFocus
              {...email}
              onChange={(value) => {
                email.onChange(value)
                if (!named) name.onChange(nameFromAddress(value))
              }}
            />
            {person === null && (
              <TextField
                label={words.name}
                required
                {...name}
                onChange={(value) => {
                  setNamed(true)
                  name.onChange(value)
                }}
              />
            )}
          </FieldPair>
          {discover.error !== null && <ErrorState error={discover.error} inline />}
          <div className={classes.actions}>
            <Button type="submit" variant={started ? 'default' : 'filled'} loading={discover.isPending}>
              {started ? words.again : words.find}
            </Button>
            <Button onClick={() => form.submit(onByHand)}>{words.byHand}</Button>
          </div>
        </Stack>{' '}
      </form>
    </Panel>
  )
}
