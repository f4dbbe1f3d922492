import { z } from 'zod'
import { command, nothing, query } from '../contract/define.ts'
import { encryptionStatus, leftFolder } from './keys.ts'
import { archiveSummary } from './types.ts'

const archiveRef = z.strictObject({ archiveId: z.string() })
const byArchive = (input: { readonly archiveId: string }) => `archive:${input.archiveId}`
/** As somebody typed it, with or without hyphens. */
const typedKey = z.string().min(1).max(200)
const withKey = archiveRef.extend({ recoveryKey: typedKey })
const rewriting = z.strictObject({ runId: z.string(), path: z.string() })

/** Encryption at rest: keys, the recovery key, and the change between plain and encrypted. */
export const keyEndpoints = {
  keyKeeping: query(
    'Where this desk would keep the key of a new archive; null where it cannot, and why.',
    nothing,
    z.strictObject({ place: z.enum(['keychain', 'vault']).nullable(), reason: z.string() }),
  ),
  keys: query(
    'The keys of an archive as far as they can be shown; null where it is not encrypted.',
    archiveRef,
    z.strictObject({ encryption: encryptionStatus.nullable() }),
  ),
  unlock: command(
    'Open an encrypted archive with its recovery key, and keep its key on this desk (or until the program ends).',
    withKey.extend({ remember: z.boolean().default(true) }),
    archiveSummary,
    byArchive,
  ),
  testRecoveryKey: command(
    'Whether a recovery key opens the archive; nothing but the date of the test is kept.',
    withKey,
    nothing,
    byArchive,
  ),
  noteRecoveryKey: command(
    'Say that the recovery key has been written down or printed.',
    archiveRef,
    nothing,
    byArchive,
  ),
  newRecoveryKey: command(
    'Make another recovery key, shown this once; the old one opens the archive no more.',
    archiveRef,
    z.strictObject({ recoveryKey: z.string() }),
    byArchive,
  ),
  rotateKey: command(
    'Make another data key, with which new packs are encrypted.',
    archiveRef,
    z.strictObject({ encryption: encryptionStatus.nullable() }),
    byArchive,
  ),
  encrypt: command(
    'Encrypt a plain archive: an encrypted copy beside it is made, verified and used from then on. The plain one stays until it is deleted.',
    archiveRef,
    rewriting.extend({ recoveryKey: z.string() }),
    byArchive,
  ),
  reencrypt: command(
    'Encrypt all packs anew under another data key, in a copy beside the archive that is verified and used from then on.',
    archiveRef,
    rewriting,
    byArchive,
  ),
  decrypt: command(
    'Write a plain copy of an encrypted archive into a new folder; with `replace` it is used from then on.',
    archiveRef.extend({
      destination: z.string().min(1).max(4000),
      replace: z.boolean().default(false),
    }),
    rewriting,
    byArchive,
  ),
  leftFolders: query(
    'Folders that an archive was in before it was written anew, and that are still there.',
    archiveRef,
    z.strictObject({ folders: z.array(leftFolder) }),
  ),
  deleteLeftFolder: command(
    'Delete such a folder. Refused when something was added in it since; other files in it stay.',
    archiveRef.extend({ path: z.string().min(1).max(4000) }),
    nothing,
    byArchive,
  ),
}
