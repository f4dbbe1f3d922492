import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchRow } from './bench.ts'

/** What an archive takes on disk, with its index and all, beside the Maildir and beside that packed with `tar` and `zstd`. */
export function sizeRow(root: string, maildir: string): BenchRow {
  const mailBytes = bytesIn(maildir)
  const share = bytesIn(root) / mailBytes
  const percent = (part: number) => `${(100 * part).toFixed(1)} % of the Maildir`
  const packed = packedBytes(maildir)
  return {
    measure: 'size on disk',
    result: percent(share),
    peer: packed === null ? 'tar or zstd is not installed' : `tar | zstd -3: ${percent(packed / mailBytes)}`,
    target: 'under 60 %',
    met: share < 0.6,
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

function packedBytes(folder: string): number | null {
  const script = 'tar -C "$0" -cf - . | zstd -3 -q | wc -c'
  const { status, stdout } = spawnSync('bash', ['-o', 'pipefail', '-c', script, folder], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : null
}
