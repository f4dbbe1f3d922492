import { afterAll, describe, expect, it } from 'vitest'
import type { MessageRow } from '../../../../../core/archive/types.ts'
import { createMailParser } from '../../../../../main/features/archive/parser.ts'
import type { ArchiveFunctions } from '../../../../../main/features/archive/worker/functions.ts'
import { startThread } from '../../../../../main/features/archive/worker/thread.ts'
import { workerUrl } from '../../../../../main/lib/worker-url.ts'

const row: MessageRow = {
  occurrenceId: 1,
  folderId: 1,
  sha256: 'a'.repeat(64),
  subject: 'hello',
  from: '',
  to: '',
  dateMs: null,
  sizeBytes: 1,
  attachmentCount: 0,
  flags: [],
  labels: [],
  presence: 'here',
}
const url = workerUrl('main/features/archive/worker/archive.worker.ts', 'archive-worker')

describe('taking mail apart', () => {
  const parser = createMailParser(() => startThread<ArchiveFunctions>(url), 2_000)
  afterAll(() => parser.dispose())

  it('gives a message up that is built to take for ever, and reads the one that waits behind it', async () => {
    const hostile = Buffer.from(`Subject: slow\r\n\r\n${'\n'.repeat(3_000_000)}x`)
    const plain = Buffer.from('Subject: hello\r\n\r\nGood morning')
    const [slow, fine] = await Promise.all([parser.read(row, hostile), parser.read(row, plain)])
    expect([slow.parseProblem, slow.headers, slow.text, fine.text?.trim(), fine.parseProblem]).toEqual([
      'Taking this message apart takes too long; its source can be read.',
      [{ name: 'subject', value: 'slow' }],
      null,
      'Good morning',
      null,
    ])
  })
})
