import type { CaseSummary } from '../../core/practice/contract.ts'
import { formatCount, plural } from './format.ts'

/** Words of the Practice place. */
export const practiceWords = {
  place: 'Practice',
  leadStopped: 'An invented company with real mail problems, on this computer only.',
  leadRunning: (name: string, trade: string) => `${name}, ${trade}. It exists on this computer only.`,
  stoppedTitle: 'The practice company is closed',
  stoppedText:
    'Start it to work real cases: twelve invented people with mailboxes of their own, nine of them with a problem and a ticket in the queue. Its mail, submission and name servers run inside Mail Desk on loopback. Nothing leaves this computer, and nothing here can break real mail.',
  start: 'Start practice company',
  starting: 'Starting the servers and filling the mailboxes …',
  stop: 'Close practice company',
  stopTitle: 'Close the practice company?',
  stopWhat:
    'Its servers stop. Its people and their mailboxes are removed from People, and its tickets that are not solved are closed.',
  stopUndone: 'What you wrote into its mailboxes is gone.',
  stopBack:
    'Start it again: everybody comes back with their problem. Diagnoses and archives that you made stay.',
  stopped: 'The practice company is closed.',
  leftOver: (count: number) =>
    `${plural(count, { one: 'person', other: 'people' })} of an earlier session are still in People; their servers are gone. Start the company to bring them back to life, or remove them.`,
  removeLeftOver: 'Remove invented people',
  cases: 'Cases',
  progress: (solved: number, total: number) => `${formatCount(solved)} of ${formatCount(total)} solved`,
  overview: 'Overview',
  shortcuts: 'Practice',
  caseOf: (title: string) => `Practice case: ${title}`,
} as const

/** Words for how far a case is. */
export const caseStateWords = {
  open: 'Open',
  found: 'Problem found',
  solved: 'Solved',
} as const satisfies Readonly<Record<CaseSummary['state'], string>>

/** Words of one case. */
export const caseWords = {
  who: 'Who has the problem',
  wrote: (name: string) => `What ${name} wrote`,
  work: 'Work on it',
  diagnose: 'Diagnose mailbox',
  ticket: (number: string) => `Open ticket ${number}`,
  person: 'Change mailbox settings',
  roundTrip:
    'This one shows itself only when the diagnosis sends a message: switch on “Send a message around”.',
  last: 'Last diagnosis',
  never: 'Not diagnosed in this round.',
  company: 'Ask the company',
  companyText: 'You may phone the user, or have the people act who run the servers. They really do.',
  noAction: 'The company has nothing to repair here.',
  phone: (name: string) => `Phone ${name}`,
  actions: {
    renew_certificate: 'Have the certificate renewed',
    raise_quota: 'Have the quota raised',
    relax_spam_filter: 'Have the spam filter relaxed',
    repair_starttls: 'Have STARTTLS repaired',
    enable_imap: 'Have IMAP enabled',
    close_sessions: 'Have old sessions closed',
    allow_sender: 'Have the sender address allowed',
  } satisfies Readonly<Record<NonNullable<CaseSummary['action']>, string>>,
  hints: 'Help, step by step',
  hintsText: 'Try on your own first. Each step tells more.',
  hint: (number: number) => `Hint ${formatCount(number)}`,
  showHint: 'Show a hint',
  finding: 'What should be found',
  showFinding: 'Show what should be found',
  solution: 'What puts it right',
  showSolution: 'Show the solution',
} as const

/** Words of the overview beside the list of cases. */
export const overviewWords = {
  how: 'How it works',
  steps: [
    'Choose a case, or take its ticket from the Queue as if it were real.',
    'Diagnose the mailbox. The finding says what is wrong, who must act and what to do.',
    'Put it right: correct the settings of the mailbox in People, or let the company act.',
    'Diagnose again. The case is solved when the diagnosis shows the problem no more.',
  ],
  company: 'The company',
  domain: 'Domain',
  dns: 'Name server',
  since: 'Open since',
  people: 'Who works there',
  columns: { name: 'Name', role: 'What they do', address: 'Address', case: 'Case' },
  healthy: 'No problem',
} as const
