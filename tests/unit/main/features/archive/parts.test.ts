import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { keepPart, readPart } from '../../../../../main/features/archive/store/parts.ts'
import { makeArchive } from '../../../../helpers/archive.ts'
import { failureOf } from '../../../../helpers/failure-of.ts'

it('a part is read from quarantine and from nowhere else, whatever path the index of a stranger names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-parts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const root = makeArchive(folder)
  writeFileSync(join(folder, 'secret'), 'not mail')
  const place = { source: 'ana@b.example', folder: 'INBOX', uidValidity: '1', uid: 7 }
  const kept = keepPart(root, place, Buffer.from('half a message'))
  symlinkSync(join(folder, 'secret'), join(root, 'quarantine', 'link'))
  const paths = ['quarantine/../../secret', join(folder, 'secret'), 'quarantine/link', 'archive.json']
  const refused = await Promise.all(paths.map((path) => failureOf(() => readPart(root, path, 100))))
  expect([readPart(root, kept?.path ?? '', 4).toString(), refused]).toEqual([
    'half',
    paths.map(() => 'file.not_found'),
  ])
})
