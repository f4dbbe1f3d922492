import { classifySmtpRefusal } from '../../../../core/diagnostics/classify-smtp.ts'
import type { SmtpReply } from '../../../../core/diagnostics/smtp-reply.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { needsServer, notApplicable, sightingOf } from '../probe.ts'
import { smtpOf } from './sessions.ts'

/** Whether the server would take a message from this mailbox to itself; it is reset before anything is sent. */
export const smtpEnvelopeProbe: Probe = {
  probeId: 'smtp.envelope',
  group: 'smtp',
  title: 'Sender and recipient are accepted',
  needs: ['smtp.sign_in'],
  essential: true,
  applies: needsServer('smtp'),
  run: async (context): Promise<readonly Sighting[]> => {
    const { address } = context.subject
    const sender = await ask(`MAIL FROM:<${address}>`, 'mail', context)
    if (sender.status !== 'pass')
      return [
        { target: 'sender', ...sender },
        { target: 'recipient', ...notApplicable('Not asked, because the sender was not accepted') },
      ]
    const recipient = await ask(`RCPT TO:<${address}>`, 'rcpt', context)
    await smtpOf(context).session.command('RSET', context.signal)
    return [
      { target: 'sender', ...sender },
      { target: 'recipient', ...recipient },
    ]
  },
}

async function ask(line: string, phase: 'mail' | 'rcpt', context: ProbeContext): Promise<Sighting> {
  const { session, transcriptId } = smtpOf(context)
  const done = await session.command(line, context.signal)
  if (!done.ok) return { ...sightingOf(done.problem), transcriptId }
  return { ...judge(done.value, phase, context), transcriptId }
}

function judge(reply: SmtpReply, phase: 'mail' | 'rcpt', { subject }: ProbeContext): Sighting {
  const { address, smtp } = subject
  const evidence = `${reply.code} ${reply.enhanced ?? ''} ${reply.text}`
  const facts = {
    host: smtp?.host ?? '',
    sender: address,
    recipient: address,
    text: reply.text,
    enhanced: reply.enhanced,
  }
  if (reply.code < 300) return { status: 'pass', evidence, facts }
  return { status: 'fail', evidence, code: classifySmtpRefusal(reply, phase), facts }
}
