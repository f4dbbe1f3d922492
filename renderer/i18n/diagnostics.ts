import type { Actor, ProbeGroup, RunState } from '../../core/diagnostics/types.ts'
import { formatCount, plural } from './format.ts'

const probes = { one: 'probe', other: 'probes' }

/** Words of the Diagnose screen. */
export const diagnosticsWords = {
  place: 'Diagnose',
  title: 'Diagnose',
  begin: 'New diagnosis',
  runs: 'Past diagnoses',
  findRuns: 'Find by address',
  noRunsTitle: 'No diagnosis yet',
  noRunsText: 'Each run is kept here, so that it can be compared with later ones.',
  noMatch: 'No address matches.',
  shortcuts: 'Diagnose',
  runOf: (address: string) => `Diagnosis of ${address}`,
} as const

/** Words of the form that starts a run. */
export const startWords = {
  title: 'What is to be diagnosed?',
  lead: 'Every step from the network up to a delivered message is tried, and the one cause is named. Nothing is changed unless you ask for it below.',
  kind: 'Subject',
  kinds: { mailbox: 'A mailbox of this desk', adHoc: 'Any address and server' },
  mailbox: 'Mailbox',
  mailboxPlaceholder: 'Type a name or an address',
  mailboxHint: 'Its servers and its stored password are used.',
  noMailboxes: 'No mailbox is connected yet. Diagnose any address, or connect a mailbox under People.',
  address: 'E-mail address',
  secret: 'Password or token',
  secretHint: 'Used for this run only, and kept nowhere. Without it the run climbs as far as sign-in.',
  acts: 'Try also',
  actsHint: 'These two act in the mailbox and clean up after themselves.',
  appendProbe: 'Store a test message',
  appendProbeHint: 'A small message is stored in the inbox, read back and deleted.',
  roundTrip: 'Send a message around',
  roundTripHint:
    'A marked message is sent from the mailbox to itself, found in whichever folder it lands, and removed.',
  start: 'Start diagnosis',
  forTicket: 'For the ticket from which you came. The result can be linked to it.',
  offline:
    'This computer has no network, and a run will say just that. The practice company can still be diagnosed.',
} as const

/** Words of one run. */
export const runWords = {
  running: (done: number, total: number) => `Climbing: ${formatCount(done)} of ${plural(total, probes)} done`,
  runningNow: 'The steps below come in as they are done.',
  stopped: {
    cancelled: 'This run was cancelled before it came to a conclusion',
    failed: 'This run failed inside Mail Desk before it came to a conclusion',
    interrupted: 'Mail Desk was closed before this run came to a conclusion',
  },
  stoppedNow: 'What was seen until then is kept below. Run it again for a conclusion.',
  nobody: 'Nobody',
  copyReport: 'Copy report for the provider',
  reportCopied: 'The report is on the clipboard. It contains no password.',
  reportTitle: 'Report for the provider',
  reportByHand: 'The clipboard is not available here. Copy the text by hand; it contains no password.',
  openTicket: 'Open a ticket',
  acts: {
    edit: 'Change the mailbox’s settings',
    secret: 'Set the password',
    archive: 'Archive the mailbox',
  },
  again: 'Run again',
  cancel: 'Cancel the run',
  started: 'started',
  took: 'took',
  confidence: {
    certain: 'Certain: the other side said so',
    likely: 'Likely: it follows from what was seen',
    possible: 'Possible: one of several causes',
  },
  alsoFound: 'Also found',
  ladder: 'Steps',
  changes: 'What changed',
  steps: (address: string) => `Steps of the diagnosis of ${address}`,
  notReached: 'Not looked at: the run ended before it came here.',
  waitsFor: (titles: string) => `Waits for: ${titles}`,
  looking: 'Looking …',
  code: 'Finding',
  target: 'Looked at',
  transcript: 'Transcript, without secrets',
  transcriptEmpty: 'Nothing was said.',
} as const

/** Words of the comparison of two runs. */
export const changesWords = {
  with: 'Compare with',
  lastWorked: 'The last run without a failure',
  noneTitle: 'There is no earlier run to compare with',
  noneText: 'When this address is diagnosed again, what changed in between is shown here.',
  neverTitle: 'It has never worked in a run that is kept here',
  neverText: 'Choose an earlier run to compare with.',
  sameTitle: 'Nothing changed',
  sameText: 'Both runs saw the same at every step.',
  before: 'Earlier run',
  after: 'This run',
  absent: 'Not looked at',
} as const

/** Who must act: the word that stands first, and what it means. */
export const actorWords: Readonly<Record<Actor, { readonly word: string; readonly means: string }>> = {
  device: { word: 'The user’s device', means: 'its mail settings or its state must change' },
  network: { word: 'The network', means: 'whoever runs the network that this computer is in' },
  server: {
    word: 'The mail server',
    means: 'whoever runs it: the provider or the company’s own administrator',
  },
  account: { word: 'The account', means: 'its user, or the administrator of the mailbox' },
  sender: { word: 'The sender', means: 'whoever sends the mail' },
  domain_owner: { word: 'The domain', means: 'whoever manages its DNS records' },
}

export const groupWords: Readonly<Record<ProbeGroup, string>> = {
  network: 'Device and network',
  dns: 'Names (DNS)',
  connection: 'Connection and encryption',
  imap: 'Receiving (IMAP)',
  smtp: 'Sending (SMTP)',
  roundtrip: 'Round trip',
}

export const runStateWords: Readonly<Record<RunState, string>> = {
  running: 'Running',
  done: 'Done',
  cancelled: 'Cancelled',
  failed: 'Failed',
  interrupted: 'Interrupted',
}
