import { classifyImapRefusal } from '../../../../core/diagnostics/classify-imap.ts'
import type { FindingCode } from '../../../../core/diagnostics/findings.ts'
import type { ImapReply, Problem } from '../ports.ts'
import type { ProbeContext, Sighting } from '../probe.ts'
import { sightingOf } from '../probe.ts'
import { imapOf } from './sessions.ts'

/** A reply of OK, or the sighting that says why there is none. */
export type Commanded = { readonly reply: ImapReply } | { readonly sighting: Sighting }

/** Runs one IMAP command. A refusal becomes the finding that its words name, or else `otherwise`. */
export async function runImap(
  line: string,
  otherwise: FindingCode,
  context: ProbeContext,
): Promise<Commanded> {
  const { session, transcriptId } = imapOf(context)
  const done = await session.command(line, context.signal)
  if (!done.ok) return { sighting: { ...sightingOf(afterSignIn(done.problem, line)), transcriptId } }
  const reply = done.value
  return reply.status === 'OK'
    ? { reply }
    : { sighting: { ...refusal(line, reply, otherwise, context), transcriptId } }
}

/** A server that hangs up once it knows the user has a trouble of its own with this mailbox. */
function afterSignIn(problem: Problem, line: string): Problem {
  if (problem.code !== 'imap.closed_early') return problem
  const facts = { ...problem.facts, command: commandOf(line), text: 'the end of the connection' }
  return { ...problem, code: 'imap.session_failed', facts }
}

const commandOf = (line: string): string => line.split(' ', 1)[0] ?? line

/** A tagged NO or BAD as a sighting. */
export function refusal(
  line: string,
  reply: ImapReply,
  otherwise: FindingCode,
  { subject }: ProbeContext,
): Sighting {
  const command = commandOf(line)
  const said = `${reply.status}${reply.code === null ? '' : ` [${reply.code}]`} ${reply.text}`
  const facts = { host: subject.imap?.host ?? '', command, text: reply.text, responseCode: reply.code }
  return {
    status: 'fail',
    evidence: `${command}: ${said}`,
    code: classifyImapRefusal(reply, otherwise),
    facts,
  }
}
