import { backOffOf, classifyImapSignIn } from '../../../../core/diagnostics/classify-imap.ts'
import type { ImapReply } from '../ports.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { needsServer, sightingOf } from '../probe.ts'
import { imapOf } from './sessions.ts'

/** Sign-in with the best mechanism that is offered, once: a second try may lock an account. */
export const imapSignInProbe: Probe = {
  probeId: 'imap.sign_in',
  group: 'imap',
  title: 'Sign-in for reading',
  needs: ['imap.greeting'],
  essential: true,
  applies: needsServer('imap'),
  run: async (context): Promise<readonly Sighting[]> => {
    const { credentials, subject, signal } = context
    if (credentials === null)
      return [{ status: 'unknown', evidence: 'There is no password to try', code: 'secret.missing' }]
    const { session, transcriptId } = imapOf(context)
    const signedIn = await session.signIn(credentials, signal)
    if (!signedIn.ok) return [{ ...sightingOf(signedIn.problem), transcriptId }]
    const { mechanism, reply } = signedIn.value
    const facts = {
      host: subject.imap?.host ?? '',
      username: subject.username,
      mechanism,
      text: reply.text,
      responseCode: reply.code,
    }
    return [{ ...judge(reply, facts, context), transcriptId }]
  },
}

function judge(reply: ImapReply, facts: NonNullable<Sighting['facts']>, { subject }: ProbeContext): Sighting {
  if (reply.status !== 'OK') {
    const code = classifyImapSignIn(reply, subject.signIn === 'password' ? 'password' : 'token')
    const said = `${reply.status}${reply.code === null ? '' : ` [${reply.code}]`} ${reply.text}`
    return { status: 'fail', evidence: said, code, facts: { ...facts, backOff: backOffOf(reply.text) } }
  }
  const alert = reply.alerts[0]
  if (alert !== undefined)
    return {
      status: 'warning',
      evidence: `Signed in; the server alerts: ${alert}`,
      code: 'imap.alert',
      facts: { ...facts, text: alert },
    }
  return { status: 'pass', evidence: `Signed in by ${String(facts['mechanism'])}`, facts }
}
