import { createHash } from 'node:crypto'
import { findOccurrence } from '../../db/archive-index/read.ts'
import { openArchiveReader } from '../../main/features/archive/store/reader.ts'
import { archiveThread, labMailbox, pull } from './archive.ts'

/**
 * Pulls a mailbox, verifies the archive, makes its index anew and reads its first message, all in a process of its own,
 * and prints what it found with how much memory the process had at most. Arguments: archive, port, user, password.
 */
const [root = '', port = '', user = '', password = ''] = process.argv.slice(2)
const { ended, report } = await pull(root, labMailbox(user, Number(port)), password)
const thread = archiveThread()
const verify = await thread.call('verify', [root])
await thread.call('openWriter', [root, true])
await thread.call('closeWriter', [])
await thread.end()
const reader = openArchiveReader(root)
const hash = createHash('sha256')
const place = findOccurrence(reader.index, 1)?.place
if (place === undefined) throw new Error('Nothing was archived')
for (const chunk of reader.streamMessage(place)) hash.update(chunk)
reader.close()
const failures = report.folders.flatMap((folder) => folder.failures.map(({ reason }) => reason))
const found = {
  ended: ended?.message ?? null,
  failures,
  damage: verify.damage.length,
  sha256: hash.digest('hex'),
}
process.stdout.write(JSON.stringify({ found, peakBytes: process.resourceUsage().maxRSS * 1024 }))
