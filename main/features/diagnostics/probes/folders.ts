import { parseListResponse } from '../../../../core/diagnostics/imap-reply.ts'
import type { ListedFolder } from '../../../../core/diagnostics/imap-reply.ts'
import type { Probe, Sighting } from '../probe.ts'
import { needsServer } from '../probe.ts'
import { runImap } from './command.ts'
import { imapOf } from './sessions.ts'

/** What mail programs look for (RFC 6154). */
const wantedRoles = ['Sent', 'Drafts', 'Junk', 'Trash']

/** The folders, and whether each purpose has exactly one. */
export const foldersProbe: Probe = {
  probeId: 'imap.folders',
  group: 'imap',
  title: 'Folders and their purposes',
  needs: ['imap.sign_in'],
  essential: false,
  applies: needsServer('imap'),
  run: async (context): Promise<readonly Sighting[]> => {
    const { session, transcriptId } = imapOf(context)
    const words = session.capabilities()
    const withRoles = words.includes('SPECIAL-USE') && words.includes('LIST-EXTENDED')
    const done = await runImap(
      `LIST "" "*"${withRoles ? ' RETURN (SPECIAL-USE)' : ''}`,
      'imap.session_failed',
      context,
    )
    if ('sighting' in done) return [done.sighting]
    const folders = done.reply.untagged.flatMap((tokens) => parseListResponse(tokens) ?? [])
    return [{ ...judge(folders), transcriptId }]
  },
}

function judge(folders: readonly ListedFolder[]): Sighting {
  if (folders.length === 0)
    return { status: 'fail', evidence: 'LIST shows no folder', code: 'imap.no_folders' }
  const byRole = (role: string) =>
    folders
      .filter(({ flags }) => flags.some((flag) => flag.toLowerCase() === `\\${role.toLowerCase()}`))
      .map(({ name }) => name)
  const facts = {
    count: folders.length,
    special: wantedRoles.flatMap((role) => byRole(role).map((name) => `${role}: ${name}`)),
  }
  const doubled = [...wantedRoles, 'Archive'].filter((role) => byRole(role).length > 1)
  if (doubled.length > 0) {
    const names = doubled.flatMap(byRole)
    const evidence = `Several folders for ${doubled.join(', ')}: ${names.join(', ')}`
    return {
      status: 'warning',
      evidence,
      code: 'imap.special_use_doubled',
      facts: { ...facts, roles: doubled, folders: names },
    }
  }
  const missing = wantedRoles.filter((role) => byRole(role).length === 0)
  if (missing.length > 0) {
    const evidence = `${folders.length} folders; none is marked for ${missing.join(', ')}`
    return {
      status: 'warning',
      evidence,
      code: 'imap.special_use_missing',
      facts: { ...facts, roles: missing },
    }
  }
  return { status: 'pass', evidence: `${folders.length} folders; ${facts.special.join(', ')}`, facts }
}
