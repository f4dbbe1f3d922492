import { useSearchParams } from 'react-router'
import type { Evidence } from '../../../core/tickets/types.ts'
import { formWords as words } from '../../i18n/tickets.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { ErrorState, LoadingState, Page } from '../../ui/index.ts'
import { NewTicketForm, type NewTicketValues } from './new-ticket-form.tsx'

/** A new ticket, begun from nothing, from a mailbox (?mailbox=) or from a finding (?diagnosis=). */
export function NewTicketPage() {
  const [params] = useSearchParams()
  const diagnosisId = params.get('diagnosis')
  const mailboxId = params.get('mailbox')
  const start = useStart(diagnosisId, mailboxId)
  return (
    <Page title={words.newTitle} width="reading">
      {start.error !== null ? (
        <ErrorState error={start.error} onRetry={start.retry} />
      ) : start.values === null ? (
        <LoadingState rows={6} />
      ) : (
        <NewTicketForm
          key={`${diagnosisId}.${mailboxId}`}
          draftName={`new.${diagnosisId ?? ''}.${mailboxId ?? ''}`}
          start={start.values}
          evidence={start.evidence}
        />
      )}
    </Page>
  )
}

interface Start {
  /** Null while what it begins from is being read. */
  readonly values: NewTicketValues | null
  readonly evidence: readonly Evidence[]
  readonly error: Error | null
  readonly retry: () => void
}

const empty: NewTicketValues = {
  subject: '',
  email: '',
  name: '',
  personId: null,
  mailboxId: null,
  description: '',
  note: '',
  category: 'other',
  priority: 'normal',
  assignee: '',
}

/** Reads what the form is filled with: the finding in words as the first note, its run as evidence. */
function useStart(diagnosisId: string | null, mailboxFromAddress: string | null): Start {
  const diagnosis = useQueryOf(
    'diagnostics.get',
    { runId: diagnosisId ?? '' },
    { enabled: diagnosisId !== null },
  )
  const run = diagnosis.data
  const mailboxId = mailboxFromAddress ?? run?.mailboxId ?? null
  const known = useQueryOf(
    'accounts.getMailbox',
    { mailboxId: mailboxId ?? '' },
    { enabled: mailboxId !== null },
  )
  const isReading =
    (diagnosisId !== null && run === undefined) || (mailboxId !== null && known.data === undefined)
  const finding = run?.finding ?? null
  const summary = (finding?.title ?? '').slice(0, 1000)
  const person = known.data?.person
  return {
    error: diagnosis.error ?? known.error,
    retry: () => {
      void diagnosis.refetch()
      void known.refetch()
    },
    evidence:
      run === undefined ? [] : [{ kind: 'diagnostic_run', id: run.runId, summary: summary || run.address }],
    values: isReading
      ? null
      : {
          ...empty,
          subject: finding === null ? '' : finding.title.slice(0, 500),
          note:
            finding === null
              ? ''
              : [finding.title, finding.detail, finding.nextStep].filter(Boolean).join('\n\n'),
          email: person?.email ?? run?.address ?? '',
          name: person?.name ?? '',
          personId: person?.personId ?? null,
          mailboxId,
          priority: finding?.status === 'fail' ? 'high' : 'normal',
        },
  }
}
