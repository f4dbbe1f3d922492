import { z } from 'zod'
import { mailServer } from '../accounts/types.ts'
import { command, feature, nothing, query } from '../contract/define.ts'
import { verdictStatus } from '../diagnostics/types.ts'
import { ticketStatus } from '../tickets/types.ts'

const companyAction = z.enum([
  'phone_user',
  'renew_certificate',
  'raise_quota',
  'relax_spam_filter',
  'repair_starttls',
  'enable_imap',
  'close_sessions',
  'allow_sender',
])

/** Somebody of the company, with the ids under which they are in People while the company runs. */
const colleague = z.strictObject({
  name: z.string(),
  role: z.string(),
  address: z.string(),
  personId: z.string().nullable(),
  mailboxId: z.string().nullable(),
  caseId: z.string().nullable(),
})

const caseSummary = z.strictObject({
  caseId: z.string(),
  title: z.string(),
  personName: z.string(),
  address: z.string(),
  personId: z.string().nullable(),
  mailboxId: z.string().nullable(),
  ticket: z.strictObject({ ticketId: z.string(), number: z.string(), status: ticketStatus }).nullable(),
  /** open: not seen yet. found: the last diagnosis shows it. solved: the last diagnosis shows it no more. */
  state: z.enum(['open', 'found', 'solved']),
  lastDiagnosis: z
    .strictObject({ runId: z.string(), endedAtMs: z.number(), status: verdictStatus, title: z.string() })
    .nullable(),
  /** Whether the diagnosis has to send a message to show the problem. */
  needsRoundTrip: z.boolean(),
  /** What the company can be asked to do, beside answering the phone. */
  action: companyAction.exclude(['phone_user']).nullable(),
})
export type CaseSummary = z.infer<typeof caseSummary>

const practiceStatus = z.strictObject({
  running: z.boolean(),
  company: z.strictObject({ name: z.string(), domain: z.string(), trade: z.string() }),
  /** Its name server, `address:port`, while it runs. */
  dnsServer: z.string().nullable(),
  startedAtMs: z.number().nullable(),
  /** Invented people of an earlier session that are still in People while the company does not run. */
  leftOver: z.number().int(),
  people: z.array(colleague),
  cases: z.array(caseSummary),
})
export type PracticeStatus = z.infer<typeof practiceStatus>

const accessOfUser = z.strictObject({
  name: z.string(),
  address: z.string(),
  username: z.string(),
  /** What the user's program has; in one case it is the wrong one. */
  password: z.string(),
  imap: mailServer,
  smtp: mailServer,
  caseId: z.string().nullable(),
})

const caseRef = z.strictObject({ caseId: z.string() })
const onCompany = () => 'practice'

/** The practice company: invented people with real servers on loopback, and a problem each. */
export const practiceContract = feature(
  'practice',
  {
    status: query(
      'Whether the practice company runs, its people, and how far each case is.',
      nothing,
      practiceStatus,
    ),
    getCase: query(
      'What the user wrote, the hints, what should be found, and the solution. It gives the answer away.',
      caseRef,
      z.strictObject({
        caseId: z.string(),
        subject: z.string(),
        description: z.string(),
        hints: z.array(z.string()),
        finding: z.string(),
        solution: z.string(),
      }),
    ),
    access: query(
      'Every host, port, user and invented password, for another mail program. Errors: practice.not_running.',
      nothing,
      z.strictObject({
        name: z.string(),
        domain: z.string(),
        dnsServer: z.string(),
        caPem: z.string(),
        users: z.array(accessOfUser),
      }),
    ),
    start: command(
      'Start the servers of the practice company, add its people and open their tickets. A start while it runs changes nothing.',
      nothing,
      practiceStatus,
      onCompany,
    ),
    act: command(
      'Phone the user of a case, or let the company repair what only it can. The servers really change.',
      caseRef.extend({ action: companyAction }),
      z.strictObject({ said: z.string() }),
      onCompany,
    ),
    stop: command(
      'Stop the servers, remove the invented people and their mailboxes, and close their tickets that are not solved.',
      nothing,
      practiceStatus,
      onCompany,
    ),
  },
  { changed: z.strictObject({}) },
)
