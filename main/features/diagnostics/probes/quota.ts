import { parseQuotaResponse } from '../../../../core/diagnostics/imap-reply.ts'
import type { StorageQuota } from '../../../../core/diagnostics/imap-reply.ts'
import type { Probe, Sighting } from '../probe.ts'
import { needsServer, notApplicable } from '../probe.ts'
import { runImap } from './command.ts'
import { imapOf } from './sessions.ts'

const nearlyFullPercent = 90

/** How full the mailbox is (RFC 9208). */
export const quotaProbe: Probe = {
  probeId: 'imap.quota',
  group: 'imap',
  title: 'Room in the mailbox',
  needs: ['imap.sign_in'],
  essential: false,
  applies: needsServer('imap'),
  run: async (context): Promise<readonly Sighting[]> => {
    const { session, transcriptId } = imapOf(context)
    if (!session.capabilities().includes('QUOTA')) return [notApplicable('The server does not report quotas')]
    const done = await runImap('GETQUOTAROOT INBOX', 'imap.session_failed', context)
    if ('sighting' in done) {
      // That a quota cannot be read does not hinder anybody; words that name a real cause stay a failure.
      const general = done.sighting.code === 'imap.session_failed'
      const { evidence } = done.sighting
      return [general ? { status: 'unknown', evidence, transcriptId } : done.sighting]
    }
    const quotas = done.reply.untagged.flatMap((tokens) => parseQuotaResponse(tokens) ?? [])
    const fullest = quotas.filter(({ limitBytes }) => limitBytes > 0).sort((a, b) => share(b) - share(a))[0]
    if (fullest === undefined) return [notApplicable('No quota is set for this mailbox')]
    return [{ ...judge(fullest), transcriptId }]
  },
}

const share = ({ usedBytes, limitBytes }: StorageQuota): number => usedBytes / limitBytes

function judge(quota: StorageQuota): Sighting {
  const percent = Math.floor(share(quota) * 100)
  const usage = `${size(quota.usedBytes)} of ${size(quota.limitBytes)} are used`
  const facts = { percent, usage, limitBytes: quota.limitBytes }
  const evidence = `${percent} %: ${usage}`
  if (percent >= 100) return { status: 'fail', evidence, code: 'imap.over_quota', facts }
  if (percent >= nearlyFullPercent)
    return { status: 'warning', evidence, code: 'imap.quota_nearly_full', facts }
  return { status: 'pass', evidence, facts }
}

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const at = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** at).toFixed(at < 2 ? 0 : 1)} ${units[at] ?? 'B'}`
}
