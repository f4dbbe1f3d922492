import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { InputOf } from '../../../core/contract/index.ts'
import { startWords as words } from '../../i18n/diagnostics.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Choice, DetailPane, ErrorState, Hint, LoadingState, StateMark } from '../../ui/index.ts'
import { AdHocForm } from './ad-hoc-form.tsx'
import classes from './diagnostics.module.css'
import { MailboxForm } from './mailbox-form.tsx'

/** What the forms give: everything but the ticket. */
export type StartRequest = Pick<InputOf<'diagnostics.start'>, 'target' | 'options'>

/** Starts a run and shows it. The ticket from which the user came goes along. */
function useStart() {
  const [query] = useSearchParams()
  const ticketId = query.get('ticket')
  const atOnce = query.get('start') === '1'
  const navigate = useNavigate()
  const start = useCommand('diagnostics.start')
  const run = (input: StartRequest): void =>
    start.mutate(
      { ...input, ticketId },
      {
        onSuccess: ({ runId }) =>
          void navigate(`/diagnose/${runId}${ticketId === null ? '' : `?ticket=${ticketId}`}`, {
            replace: atOnce,
          }),
      },
    )
  return { run, pending: start.isPending, error: start.error, ticketId }
}

/** Chooses what is looked at: a mailbox of the desk, or any address with its servers. */
export function StartPanel() {
  const [query] = useSearchParams()
  const from = query.get('from')
  const earlier = useQueryOf('diagnostics.get', { runId: from ?? '' }, { enabled: from !== null })
  const mailboxes = useQueryOf('accounts.listMailboxes', { limit: 1 })
  const status = useQueryOf('desk.status', {})
  const [chosen, setChosen] = useState<'mailbox' | 'adHoc' | null>(null)
  const start = useStart()
  useStartAtOnce(query.get('start') === '1' ? query.get('mailbox') : null, start.run)
  if ((from !== null && earlier.isLoading) || mailboxes.isLoading) return <LoadingState />
  const none = mailboxes.data?.total === 0
  const kind = chosen ?? (from !== null || (none && query.get('mailbox') === null) ? 'adHoc' : 'mailbox')
  return (
    <DetailPane width="reading">
      <header className={classes.startHead}>
        <h2 className={classes.startTitle}>{words.title}</h2>
        <Hint>{words.lead}</Hint>
      </header>
      {status.data?.network === 'offline' && (
        <p className={classes.notice} role="status">
          <StateMark state="warning" size={16} /> {words.offline}
        </p>
      )}
      {start.ticketId !== null && <Hint>{words.forTicket}</Hint>}
      <div>
        <Choice
          label={words.kind}
          value={kind}
          onChange={setChosen}
          options={[
            { value: 'mailbox', label: words.kinds.mailbox },
            { value: 'adHoc', label: words.kinds.adHoc },
          ]}
        />
      </div>
      {start.error !== null && <ErrorState error={start.error} inline />}
      {kind === 'mailbox' ? (
        <MailboxForm mailboxId={query.get('mailbox')} pending={start.pending} onStart={start.run} />
      ) : (
        <AdHocForm earlier={earlier.data?.subject ?? null} pending={start.pending} onStart={start.run} />
      )}
    </DetailPane>
  )
}

/** `?mailbox=…&start=1` begins without a further click, once; the run takes its place in the history. */
function useStartAtOnce(mailboxId: string | null, run: (input: StartRequest) => void): void {
  const begun = useRef(false)
  useEffect(() => {
    if (mailboxId === null || begun.current) return
    begun.current = true
    run({ target: { kind: 'mailbox', mailboxId } })
  }, [mailboxId, run])
}
