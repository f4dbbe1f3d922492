import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { formatRecoveryKey } from '../../core/archive/recovery-key.ts'
import { writeKeyFile } from '../../main/features/archive/keys/key-file.ts'
import { makeKeys, openDataKeys } from '../../main/features/archive/keys/key-set.ts'
import type { KeySet } from '../../main/features/archive/keys/key-set.ts'
import { holdKeys } from '../../main/features/archive/keys/ring.ts'
import { createArchiveFolder, encryptedCard } from '../../main/features/archive/store/folder.ts'

/** An encrypted archive of which this test holds the keys. */
export interface EncryptedArchive {
  readonly root: string
  readonly archiveId: string
  readonly archiveKey: Buffer
  readonly recoveryKey: string
  /** The opened keys, anew each time: whoever takes them wipes them. */
  readonly keys: () => KeySet
}

/** An empty encrypted archive in a folder; its keys are in this process's ring. */
export function makeEncryptedArchive(
  folder: string,
  name = 'test',
  archiveId: string = randomUUID(),
): EncryptedArchive {
  const root = join(folder, name)
  const { file, archiveKey, recoveryKey } = makeKeys(archiveId, 0)
  const plain = {
    format: 'mail-desk-archive',
    version: 1,
    archiveId,
    name,
    kind: 'archive',
    createdAtMs: 0,
  } as const
  createArchiveFolder(root, encryptedCard(plain, 0))
  writeKeyFile(root, file)
  const keys = () => {
    const opened = openDataKeys(file, archiveKey)
    if (opened === null) throw new Error('The keys that were just made do not open')
    return opened
  }
  holdKeys(root, keys(), null)
  return { root, archiveId, archiveKey, recoveryKey: formatRecoveryKey(recoveryKey), keys }
}

/** Files below a folder, by their path in it. */
export function listFiles(folder: string, below = ''): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = join(below, name)
    return statSync(join(folder, path)).isDirectory() ? listFiles(folder, path) : [path]
  })
}

/** Every file below a folder that holds one of the words as it is, and which. */
export function findPlaintext(folder: string, words: readonly string[]): readonly string[] {
  return listFiles(folder).flatMap((file) => {
    const bytes = readFileSync(join(folder, file))
    return words.filter((word) => bytes.includes(word)).map((word) => `${file}: ${word}`)
  })
}
