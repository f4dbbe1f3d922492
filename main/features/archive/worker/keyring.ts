import type { AppErrorCode } from '../../../../core/errors.ts'
import type { KeySet } from '../keys/key-set.ts'
import { dropKeys, holdKeys } from '../keys/ring.ts'
import { rewriteArchive } from '../keys/rewrite.ts'
import type { ThreadContext } from './thread.ts'

/** How a thread is given the keys of encrypted archives; `withKeys` calls this, nobody else. */
export function createKeyring() {
  return {
    holdKeys: (_: ThreadContext, root: string, keys: KeySet | null, refusal: AppErrorCode | null) =>
      holdKeys(root, keys, refusal),
    dropKeys: (_: ThreadContext, root: string) => dropKeys(root),
    /** Writes an archive anew under other keys, in another folder that has its card and its keys already. */
    rewriteArchive: ({ progress }: ThreadContext, from: string, to: string, why: string) =>
      rewriteArchive({ from, to, why, onProgress: progress }),
  }
}
