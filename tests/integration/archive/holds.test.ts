import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createTestDesk } from '../../helpers/test-desk.ts'

it('A hold is in the second copy as soon as the copy has followed, so that it stands there too.', async () => {
  await using desk = await createTestDesk()
  const { archiveId } = await desk.call('archive.create', { name: 'Company mail', encryption: 'off' })
  const path = join(desk.dataDir, 'second copy')
  await desk.call('archive.addCopy', { archiveId, path })
  await desk.call('archive.placeHold', {
    ...{ archiveId, name: 'Case 12', by: 'Ana Lima', reason: 'A customer disputes an invoice.' },
    criteria: {},
  })
  const { jobs } = await desk.call('jobs.list', {})
  for (const { runId } of jobs) await desk.finished(runId)
  expect(readFileSync(join(path, 'ledger.jsonl'), 'utf8')).toContain('"kind":"hold_placed"')
})
