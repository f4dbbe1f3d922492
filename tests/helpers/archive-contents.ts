import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { VerifyReport } from '../../core/archive/reports.ts'
import type { ArchiveFolder, FolderCoverage, MessageRow } from '../../core/archive/types.ts'
import { inlineArchiveThread } from './archive.ts'

/** What an archive holds, as its own reader says. */
export interface ArchiveContents {
  readonly folders: readonly ArchiveFolder[]
  readonly coverage: readonly FolderCoverage[]
  readonly messages: readonly MessageRow[]
  readonly verify: VerifyReport
}

/** Reads everything (lists up to 500 messages a folder at a time) and verifies. */
export async function readArchive(root: string): Promise<ArchiveContents> {
  const thread = inlineArchiveThread()
  try {
    const folders = await thread.call('folders', [root])
    const messages: MessageRow[] = []
    for (let offset = 0; ; offset += 500) {
      const query = { folderId: null, sort: 'date', descending: false, offset, limit: 500 } as const
      const page = await thread.call('messages', [root, query])
      messages.push(...page.messages)
      if (messages.length >= page.total) break
    }
    const coverage = await thread.call('coverage', [root])
    return { folders, coverage, messages, verify: await thread.call('verify', [root]) }
  } finally {
    await thread.call('closeReader', [root])
  }
}

/** The hashes of the messages in a folder, sorted; compare with `hashMaildir`. */
export function hashesIn(contents: ArchiveContents, path: string): readonly string[] {
  const folder = contents.folders.find((one) => one.path === path)
  return contents.messages
    .filter((message) => message.folderId === folder?.folderId && message.presence === 'here')
    .map((message) => message.sha256)
    .sort()
}

/** The packs unpacked by the zstd program, as anyone without Mail Desk would. */
export function unpackWithZstd(root: string): Buffer {
  const packs = readdirSync(join(root, 'packs'))
    .filter((name) => name.endsWith('.zst'))
    .sort()
  return execFileSync('zstd', ['-dcq', ...packs.map((name) => join(root, 'packs', name))], {
    maxBuffer: 1 << 30,
  })
}

/** The messages that Python's mailbox module finds in an mbox file: SHA-256 of each with mboxrd's quoting undone. */
export function hashWithPython(file: string): readonly string[] {
  const program = [
    'import mailbox, hashlib, re, sys',
    'box = mailbox.mbox(sys.argv[1], create=False)',
    'for key in box.keys():',
    '    data = box.get_file(key).read()',
    '    print(hashlib.sha256(re.sub(rb"(?m)^>(>*From )", rb"\\1", data)).hexdigest())',
  ].join('\n')
  return execFileSync('python3', ['-c', program, file], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .trim()
    .split('\n')
    .sort()
}
