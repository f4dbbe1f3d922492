import type { MessageRow } from '../../../../core/archive/types.ts'
import { readAttachmentOf, toReadable, toUnreadable } from '../mime/readable.ts'
import type { ThreadContext } from './thread.ts'

/** Functions of a thread that takes mail apart. It opens no archive, so that it can be ended at any moment. */
export function createParsing() {
  return {
    toReadable: (_: ThreadContext, row: MessageRow, message: Uint8Array) => toReadable(row, message),
    toUnreadable: (_: ThreadContext, row: MessageRow, message: Uint8Array, problem: string) =>
      toUnreadable(row, message, problem),
    attachmentOf: (_: ThreadContext, message: Uint8Array, index: number) => readAttachmentOf(message, index),
  }
}
