import { classifySmtpRefusal } from '../../../../core/diagnostics/classify-smtp.ts'
import type { Probe, Sighting } from '../probe.ts'
import { needsServer, sightingOf } from '../probe.ts'
import { smtpOf } from './sessions.ts'

/** Sign-in for sending, once. */
export const smtpSignInProbe: Probe = {
  probeId: 'smtp.sign_in',
  group: 'smtp',
  title: 'Sign-in for sending',
  needs: ['smtp.greeting'],
  essential: true,
  applies: needsServer('smtp'),
  run: async (context): Promise<readonly Sighting[]> => {
    const { credentials, subject, signal } = context
    if (credentials === null)
      return [{ status: 'unknown', evidence: 'There is no password to try', code: 'secret.missing' }]
    const { session, transcriptId } = smtpOf(context)
    const signedIn = await session.signIn(credentials, signal)
    if (!signedIn.ok) return [{ ...sightingOf(signedIn.problem), transcriptId }]
    const { mechanism, reply } = signedIn.value
    const facts = {
      host: subject.smtp?.host ?? '',
      username: subject.username,
      mechanism,
      text: reply.text,
      enhanced: reply.enhanced,
    }
    if (reply.code === 235)
      return [{ status: 'pass', evidence: `Signed in by ${mechanism}`, facts, transcriptId }]
    const code = classifySmtpRefusal(reply, 'auth', subject.signIn === 'password' ? 'password' : 'token')
    return [
      {
        status: 'fail',
        evidence: `${reply.code} ${reply.enhanced ?? ''} ${reply.text}`,
        code,
        facts,
        transcriptId,
      },
    ]
  },
}
