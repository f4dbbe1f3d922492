import { useState } from 'react'
import type { JunkCriteria } from '../../../core/care/junk.ts'
import { junkWords as words } from '../../i18n/care-junk.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Button, Choice, Panel, TextField } from '../../ui/index.ts'
import { MailboxField } from '../accounts/index.tsx'
import classes from './care.module.css'

/** What to look for, and where. */
export interface JunkWish {
  readonly mailboxIds: readonly string[]
  readonly criteria: JunkCriteria
}

/** Who it came from, what it was about, and whose junk to look through. */
export function JunkForm(props: {
  readonly mailboxId: string | null
  readonly from: string
  readonly subject: string
  readonly pending: boolean
  readonly onFind: (wish: JunkWish) => void
}) {
  const [mailboxId, setMailboxId] = useState(props.mailboxId)
  const [everywhere, setEverywhere] = useState(false)
  const [from, setFrom] = useState(props.from)
  const [subject, setSubject] = useState(props.subject)
  const [messageId, setMessageId] = useState('')
  const all = useQueryOf('accounts.listMailboxes', { limit: 500 })
  const withImap = (all.data?.mailboxes ?? []).filter(({ imapHost }) => imapHost !== null)
  const mailboxIds = everywhere ? withImap.map((one) => one.mailboxId) : mailboxId === null ? [] : [mailboxId]
  const criteria = { from: from.trim(), subject: subject.trim(), messageId: messageId.trim() }
  const ready = mailboxIds.length > 0 && criteria.from + criteria.subject + criteria.messageId !== ''
  return (
    <Panel title={words.criteria}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) props.onFind({ mailboxIds, criteria })
        }}
      >
        <div className={classes.form}>
          <TextField label={words.from} hint={words.fromHint} value={from} error={null} onChange={setFrom} />
          <TextField
            label={words.subject}
            hint={words.subjectHint}
            value={subject}
            error={null}
            onChange={setSubject}
          />
          <TextField
            label={words.messageId}
            hint={words.messageIdHint}
            value={messageId}
            error={null}
            onChange={setMessageId}
          />
          {!everywhere && (
            <MailboxField
              label={words.mailbox}
              hint={words.mailboxHint}
              placeholder={words.mailboxPlaceholder}
              none={words.noMailbox}
              value={mailboxId}
              error={null}
              onChange={setMailboxId}
            />
          )}
        </div>
        <div className={classes.formFoot}>
          <Choice
            label={words.where}
            value={everywhere ? 'all' : 'one'}
            onChange={(where) => setEverywhere(where === 'all')}
            options={[
              { value: 'one', label: words.oneMailbox },
              { value: 'all', label: words.allMailboxes },
            ]}
          />
          <Button type="submit" variant="filled" disabled={!ready} loading={props.pending}>
            {words.find}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
