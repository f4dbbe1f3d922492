import { z } from 'zod'
import { mailServer, networkProfile, signInMethod } from '../accounts/types.ts'

/** What a probe or a whole run came to. Unknown is not pass; not applicable is not a judgement. */
export const verdictStatus = z.enum(['fail', 'warning', 'unknown', 'pass', 'not_applicable'])
export type VerdictStatus = z.infer<typeof verdictStatus>

/** Who must act. `device` is the settings and the state of the user's computer or phone. */
export const actor = z.enum(['device', 'network', 'server', 'account', 'sender', 'domain_owner'])
export type Actor = z.infer<typeof actor>

/** Small values that were observed, and that sentences name: a host, a port, a server's own words. No secrets. */
export const facts = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
)
export type Facts = Readonly<z.infer<typeof facts>>

/** The parts of the ladder, from the ground up. */
export const probeGroup = z.enum(['network', 'dns', 'connection', 'imap', 'smtp', 'roundtrip'])
export type ProbeGroup = z.infer<typeof probeGroup>

/** `area.what`, for example `imap.sign_in`. The list of probes is `main/features/diagnostics/probes/index.ts`. */
export const probeId = z.templateLiteral([z.string(), '.', z.string()])

/** One rung as it is announced before the run climbs. */
export const rung = z.strictObject({
  probeId,
  group: probeGroup,
  title: z.string(),
  /** Probes that have to succeed first. */
  needs: z.array(probeId),
  /** Without an answer from this one, a mailbox cannot be called healthy. */
  essential: z.boolean(),
})
export type Rung = z.infer<typeof rung>

/** What one probe saw at one target: a probe that looks at several addresses gives one result for each. */
export const probeResult = z.strictObject({
  /** `probeId`, or `probeId@target`; unique in its run. */
  resultId: z.string(),
  probeId,
  group: probeGroup,
  title: z.string(),
  /** `host:port`, an address, a record name; null where the probe has one subject only. */
  target: z.string().nullable(),
  essential: z.boolean(),
  status: verdictStatus,
  /** One line that was seen, or why nothing could be. */
  evidence: z.string(),
  /** The finding (`findings.ts`) that this result supports; null when there is nothing to say. */
  code: z.string().nullable(),
  actor: actor.nullable(),
  nextStep: z.string().nullable(),
  facts,
  startedAtMs: z.number(),
  durationMs: z.number(),
  /** The dialogue that it came from, by `diagnostics.transcript`. */
  transcriptId: z.string().nullable(),
})
export type ProbeResult = Readonly<z.infer<typeof probeResult>>

/** What is wrong, who must act, what to do now: sentences that are ready to be read. */
export const finding = z.strictObject({
  /** A member of `FindingCode`; a string here, so that a run of a newer program can still be read. */
  code: z.string(),
  /** fail: it does not work; warning: it works, with a flaw; unknown: not determined; pass: healthy. */
  status: verdictStatus.exclude(['not_applicable']),
  /** Null when nobody has to. */
  actor: actor.nullable(),
  title: z.string(),
  detail: z.string(),
  nextStep: z.string(),
  /** certain: the other side said so; likely: it follows from what was seen; possible: one of several causes. */
  confidence: z.enum(['certain', 'likely', 'possible']),
  facts,
  /** The results that it rests on. */
  resultIds: z.array(z.string()),
})
export type Finding = Readonly<z.infer<typeof finding>>

/** Probes that act, and so are run only when asked for. */
export const diagnosisOptions = z.strictObject({
  /** Append a small message to the mailbox, fetch it, delete it. */
  appendProbe: z.boolean().default(false),
  /** Send a marked message from the mailbox to itself, find it, remove it. */
  roundTrip: z.boolean().default(false),
  /** For the whole run. */
  deadlineMs: z.number().int().min(1000).max(600_000).default(60_000),
})
export type DiagnosisOptions = z.infer<typeof diagnosisOptions>

/** What is looked at, with nothing secret in it. */
export const diagnosisSubject = z.strictObject({
  mailboxId: z.string().nullable(),
  address: z.string().min(3).max(320),
  username: z.string().max(320),
  signIn: signInMethod,
  imap: mailServer.nullable(),
  smtp: mailServer.nullable(),
  network: networkProfile,
})
export type DiagnosisSubject = z.infer<typeof diagnosisSubject>

/** `interrupted`: the program ended before the run did. */
export const runState = z.enum(['running', 'done', 'cancelled', 'failed', 'interrupted'])
export type RunState = z.infer<typeof runState>

/** A run in a list. */
export const runSummary = z.strictObject({
  runId: z.string(),
  mailboxId: z.string().nullable(),
  address: z.string(),
  ticketId: z.string().nullable(),
  state: runState,
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** The top finding; null while the run climbs and when it was cut off. */
  finding: finding.nullable(),
})
export type RunSummary = z.infer<typeof runSummary>

/** A whole run: what was looked at, the ladder, what was seen so far, and what follows from it. */
export const run = runSummary.extend({
  subject: diagnosisSubject,
  options: diagnosisOptions,
  ladder: z.array(rung),
  results: z.array(probeResult),
  /** What else was found, most important first. */
  otherFindings: z.array(finding),
})
export type Run = z.infer<typeof run>

/** One line of a dialogue. Secrets are never put in: `[redacted]` stands where one was sent. */
export const transcriptLine = z.strictObject({
  atMs: z.number(),
  /** client, server, or a note of ours ("TLS established"). */
  from: z.enum(['client', 'server', 'note']),
  text: z.string(),
})
export type TranscriptLine = z.infer<typeof transcriptLine>

/** What is different between two runs of the same mailbox. */
export const runComparison = z.strictObject({
  runId: z.string(),
  /** The last run before it without a failure, or the one asked for; null when there is none. */
  withRunId: z.string().nullable(),
  withStartedAtMs: z.number().nullable(),
  changes: z.array(
    z.strictObject({
      resultId: z.string(),
      title: z.string(),
      before: z.strictObject({ status: verdictStatus, evidence: z.string() }).nullable(),
      after: z.strictObject({ status: verdictStatus, evidence: z.string() }).nullable(),
      /** Facts that differ, as "name: before → after". */
      facts: z.array(z.string()),
    }),
  ),
})
export type RunComparison = z.infer<typeof runComparison>
