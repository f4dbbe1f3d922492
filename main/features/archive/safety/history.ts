import type { archiveContract } from '../../../../core/archive/contract.ts'
import { checkpointText, describeEntry } from '../../../../core/archive/ledger.ts'
import type { LedgerEntry, LedgerLine } from '../../../../core/archive/ledger.ts'
import { AppError } from '../../../../core/errors.ts'
import type { KnownArchive } from '../../../../db/queries/archive.ts'
import type { HandlersOf } from '../../../ipc/handlers.ts'
import { verifySignature } from '../../signing/index.ts'
import type { SafetyDeps } from './ports.ts'

type Handlers = HandlersOf<typeof archiveContract>

/** The history of an archive: read page by page, checked each time, and signed. */
export function historyHandlers(deps: SafetyDeps) {
  const { registry, reader, signing } = deps
  return {
    ledger: async ({ archiveId, offset, limit, withoutAdditions }) => {
      const { path } = await registry.find(archiveId)
      const { lines, broken, lastSha256 } = await reader().call('readHistory', [path])
      const shown = withoutAdditions ? lines.filter(({ entry }) => entry.kind !== 'appended') : lines
      const page = shown.toReversed().slice(offset, offset + limit)
      return {
        total: shown.length,
        lines: page.map(({ seq, atMs, entry }) => ({ seq, atMs, entry, says: describeEntry(entry) })),
        broken: broken === null ? null : { ...broken },
        lastSha256,
        signatures: signaturesIn(lines, archiveId),
      }
    },
    signLedger: async ({ archiveId }) => {
      const archive = await registry.find(archiveId)
      const { lines, broken, lastSha256 } = await reader().call('readHistory', [archive.path])
      const signs = lines.at(-1)?.seq
      // A broken history is not signed: the signature would say that it holds.
      if (broken !== null || signs === undefined || lastSha256 === null)
        throw new AppError('archive.damaged', {
          details: { archive: archive.path, place: `ledger.jsonl, line ${broken?.line ?? 1}` },
        })
      const text = Buffer.from(checkpointText(archiveId, signs, lastSha256))
      const signature = await signing.sign(text)
      const entry: LedgerEntry = { kind: 'signed', seq: signs, sha256: lastSha256, ...signature }
      const seq = await enterHistory(deps, archive, entry)
      return { seq, signs, fingerprint: signature.fingerprint }
    },
  } satisfies Partial<Handlers>
}

/** Enters something into an archive's ledger. Errors: `archive.busy`, `archive.read_only`. */
export async function enterHistory(
  { inThread, publish }: Pick<SafetyDeps, 'inThread' | 'publish'>,
  archive: KnownArchive,
  entry: LedgerEntry,
): Promise<number> {
  if (archive.kind === 'bundle') throw new AppError('archive.read_only')
  const seq = await inThread((thread) => thread.call('enterHistory', [archive.path, entry]))
  publish('archive.changed', { archiveId: archive.archiveId })
  return seq
}

/** The signatures in a ledger, each compared with the line that it signs. */
function signaturesIn(lines: readonly LedgerLine[], archiveId: string) {
  return lines.flatMap(({ seq, entry }) => {
    if (entry.kind !== 'signed') return []
    const { seq: signs, sha256, fingerprint } = entry
    // The line behind the signed one holds its hash.
    const isThatLine = lines[signs]?.previous === sha256
    const holds = isThatLine && verifySignature(entry, Buffer.from(checkpointText(archiveId, signs, sha256)))
    return [{ seq, signs, fingerprint, holds }]
  })
}
