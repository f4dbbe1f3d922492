import type { Thread, ThreadContext } from '../worker/thread.ts'
import { attachmentText } from './attachment-text.ts'
import type { ReadableKind } from './attachment-text.ts'

/** What the thread that takes files apart can do. It opens no archive, so that it can be ended at any moment. */
export const extractFunctions = {
  textOfAttachment: (_: ThreadContext, kind: ReadableKind, bytes: Uint8Array) =>
    attachmentText(kind, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), null),
}

/** A thread that takes files apart, as its callers see it. */
export type ExtractThread = Thread<typeof extractFunctions>
