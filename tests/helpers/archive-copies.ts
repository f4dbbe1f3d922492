import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packName } from '../../core/archive/pack.ts'
import { encodeRecord, sha256Of } from '../../main/features/archive/store/frame.ts'
import { openLedger } from '../../main/features/archive/store/ledger.ts'
import { scanPack } from '../../main/features/archive/store/scan.ts'
import type { FoundRecord } from '../../main/features/archive/store/scan.ts'
import { closeSync, fstatSync, openSync } from 'node:fs'

/** The files of an archive that a second copy must hold byte for byte and does not. */
export function copyDiffers(root: string, target: string): readonly string[] {
  const packs = readdirSync(join(root, 'packs')).map((name) => join('packs', name))
  const copied = readdirSync(join(target, 'packs')).map((name) => join('packs', name))
  const files = new Set([...packs, ...copied, 'ledger.jsonl', 'archive.json'])
  const read = (folder: string, name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'latin1') : null
  return [...files].filter((name) => read(root, name) !== read(target, name))
}

/**
 * Writes a pack anew without its first message, as retention would, and enters it into the ledger. With `shortened` the
 * first message stays, in a folder with a shorter name: so what follows begins earlier.
 */
export function rewritePack(root: string, pack: number, shortened = false): void {
  const file = join(root, 'packs', packName(pack))
  const fd = openSync(file, 'r')
  const found = [...scanPack(fd, 0, fstatSync(fd).size, null)]
  closeSync(fd)
  const bytes = readFileSync(file)
  const [first, ...rest] = found.flatMap((one) => (one.kind === 'record' ? [one] : []))
  if (first?.record.kind !== 'pack') throw new Error('The pack has no header')
  const generation = first.record.generation + 1
  const header = encodeRecord({ ...first.record, generation })
  const shorter = shortened ? rest.slice(0, 1).map((one) => inFolderX(one, bytes)) : []
  const kept = rest.slice(1).map(({ offset, end }) => bytes.subarray(offset, end))
  const fresh = Buffer.concat([header, ...shorter, ...kept])
  writeFileSync(file, fresh)
  const ledger = openLedger(root)
  const sha256 = sha256Of(fresh)
  ledger.append(
    { kind: 'rewritten', pack, generation, bytes: fresh.length, sha256, why: 'a test', details: {} },
    1,
  )
  ledger.close()
}

function inFolderX({ record, frameOffset, end }: FoundRecord, pack: Buffer): Buffer {
  if (record.kind !== 'message') throw new Error('The first record is no message')
  const head = encodeRecord({ ...record, at: { ...record.at, folder: 'X' } })
  return Buffer.concat([head, pack.subarray(frameOffset, end)])
}

/** A record in a pack; hash and UID only of messages. */
export interface PlaceInPack {
  readonly offset: number
  readonly end: number
  readonly sha256: string | null
  readonly uid: number | null
}

/** The records of a pack that is whole. */
export function placesIn(root: string, pack: number): readonly PlaceInPack[] {
  const fd = openSync(join(root, 'packs', packName(pack)), 'r')
  try {
    return [...scanPack(fd, 0, fstatSync(fd).size, null)].flatMap((found) => {
      if (found.kind === 'bad') throw new Error(found.problem)
      const { offset, end, record } = found
      const isMessage = record.kind === 'message'
      return [
        { offset, end, sha256: isMessage ? record.sha256 : null, uid: isMessage ? record.at.uid : null },
      ]
    })
  } finally {
    closeSync(fd)
  }
}
