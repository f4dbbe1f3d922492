import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Finding, Run } from '../../../core/diagnostics/types.ts'
import { diagnosticsWords, runWords as words } from '../../i18n/diagnostics.ts'
import { useCommand, useDesk, useQueryOf } from '../../ipc/index.ts'
import { Button, Dialog, MachineText, Stack, toastDone, toastError, useHotkeys } from '../../ui/index.ts'
import { mailboxActTo } from '../accounts/index.tsx'
import { LinkToTicket } from '../tickets/index.tsx'
import { mailboxActOf, nextActOf } from './next-act.ts'

/** The buttons of a run, and their keys: c copies, t opens a ticket, r runs again. */
export function RunActions(props: { readonly run: Run; readonly ticketId: string | null }) {
  const { run, ticketId } = props
  const report = useReport(run.runId)
  const again = useRunAgain(run, ticketId)
  const cancel = useCommand('jobs.cancel')
  const navigate = useNavigate()
  const ticketTo = `/queue/new?diagnosis=${run.runId}`
  const ended = run.state !== 'running'
  useHotkeys(
    diagnosticsWords.shortcuts,
    [
      { keys: 'c', label: words.copyReport, run: report.copy },
      { keys: 't', label: words.openTicket, run: () => void navigate(ticketTo) },
      { keys: 'r', label: words.again, run: again.run },
    ],
    ended,
  )
  if (!ended)
    return (
      <Button
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ runId: run.runId }, { onError: toastError })}
      >
        {words.cancel}
      </Button>
    )
  const act = nextActOf(run)
  const isOfMailbox = act === 'edit' || act === 'secret' || act === 'archive'
  const againButton = (
    <Button variant={act === 'again' ? 'filled' : 'default'} loading={again.pending} onClick={again.run}>
      {words.again}
    </Button>
  )
  return (
    <>
      {isOfMailbox && run.mailboxId !== null && (
        <MailboxButton act={act} mailboxId={run.mailboxId} finding={run.finding} />
      )}
      {act === 'again' && againButton}
      <Button variant={act === 'report' ? 'filled' : 'default'} onClick={report.copy}>
        {words.copyReport}
      </Button>
      {ticketId === null ? (
        <Button component={Link} to={ticketTo}>
          {words.openTicket}
        </Button>
      ) : (
        <LinkToTicket
          ticketId={ticketId}
          evidence={{
            kind: 'diagnostic_run',
            id: run.runId,
            summary: run.finding?.title ?? words.stopped.cancelled,
          }}
        />
      )}
      {act !== 'again' && againButton}
      {report.byHand}
    </>
  )
}

/** What is wrong with a mailbox is put right where it is kept: its servers, its password, its size. */
function MailboxButton(props: {
  readonly act: 'edit' | 'secret' | 'archive'
  readonly mailboxId: string
  readonly finding: Finding | null
}) {
  const { act, mailboxId, finding } = props
  const mailbox = useQueryOf('accounts.getMailbox', { mailboxId })
  const personId = mailbox.data?.person.personId
  // A mailbox that was removed since has no page to go to.
  if (personId === undefined) return null
  const to =
    act === 'archive'
      ? `/archive?mailbox=${mailboxId}`
      : mailboxActTo(personId, mailboxActOf(mailboxId, act, finding))
  return (
    <Button variant="filled" component={Link} to={to}>
      {words.acts[act]}
    </Button>
  )
}

/** Puts the report on the clipboard, or shows it where there is none. */
function useReport(runId: string) {
  const { call } = useDesk()
  const [text, setText] = useState<string | null>(null)
  const copy = (): void => {
    call('diagnostics.report', { runId }).then(
      (report) =>
        navigator.clipboard.writeText(report.text).then(
          () => toastDone(words.reportCopied),
          () => setText(report.text),
        ),
      toastError,
    )
  }
  const byHand = (
    <Dialog opened={text !== null} onClose={() => setText(null)} title={words.reportTitle} size="xl">
      <Stack gap="sm">
        <p>{words.reportByHand}</p>
        <MachineText block label={words.reportTitle}>
          {text ?? ''}
        </MachineText>
      </Stack>
    </Dialog>
  )
  return { copy, byHand }
}

/** Runs the same once more. The secret of an ad hoc run was not kept, so that its form comes back, filled. */
function useRunAgain(run: Run, ticketId: string | null) {
  const navigate = useNavigate()
  const start = useCommand('diagnostics.start')
  const suffix = ticketId === null ? '' : `ticket=${ticketId}`
  const again = (): void => {
    if (run.mailboxId === null) {
      void navigate(`/diagnose?from=${run.runId}&${suffix}`)
      return
    }
    start.mutate(
      { target: { kind: 'mailbox', mailboxId: run.mailboxId }, ticketId, options: run.options },
      {
        onSuccess: ({ runId }) => void navigate(`/diagnose/${runId}?${suffix}`),
        onError: toastError,
      },
    )
  }
  return { run: again, pending: start.isPending }
}
