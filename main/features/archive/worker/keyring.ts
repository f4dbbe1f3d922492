import type { AppErrorCode } from '../../../../core/errors.ts'
import type { KeySet } from '../keys/key-set.ts'
import { dropKeys, holdKeys } from '../keys/ring.ts'
import type { ThreadContext } from './thread.ts'

/** How a thread is given the keys of encrypted archives; `withKeys` calls this, nobody else. */
export function createKeyring() {
  return {
    holdKeys: (_: ThreadContext, root: string, keys: KeySet | null, refusal: AppErrorCode | null) =>
      holdKeys(root, keys, refusal),
    dropKeys: (_: ThreadContext, root: string) => dropKeys(root),
  }
}
