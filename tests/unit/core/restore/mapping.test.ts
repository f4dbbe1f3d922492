import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mapFolders, nameKey, plainName, safeLevel } from '../../../../core/restore/mapping.ts'

const source = (path: string, specialUse: string | null = null, owner = 'ana@lab.test') => ({
  ...{
    folderId: path.length,
    source: owner,
    path,
    delimiter: '/',
    specialUse,
    messageCount: 1,
    sizeBytes: 10,
  },
})
const rules = {
  delimiter: '.',
  namespace: 'INBOX.',
  folders: [
    { path: 'INBOX', specialUse: null },
    { path: 'INBOX.Gesendet', specialUse: '\\Sent' },
    { path: 'INBOX.Projects.Crane', specialUse: null },
  ],
}
const options = { prefix: null, useSpecialFolders: true, folders: [] }
const targets = (...args: Parameters<typeof mapFolders>) =>
  mapFolders(...args).map(({ target, how }) => [target, how])

it('Folders go to the same name with the target’s delimiter and namespace, and \\Sent to its own Sent.', () => {
  const sources = [source('INBOX'), source('Sent', '\\Sent'), source('Projects/Crane'), source('A.B/C')]
  expect(
    mapFolders(sources, rules, options).map(({ target, how, exists, renamed }) => [
      target,
      how,
      exists,
      renamed,
    ]),
  ).toEqual([
    ['INBOX', 'same_name', true, null],
    ['INBOX.Gesendet', 'special_use', true, null],
    ['INBOX.Projects.Crane', 'same_name', true, null],
    ['INBOX.A_B.C', 'same_name', false, 'The target’s folder names may not have what is in “A.B”.'],
  ])
})

it('Below a prefix every folder keeps its name, and each mailbox has its own where there are several.', () => {
  const one = [source('INBOX'), source('Sent', '\\Sent')]
  const two = [source('INBOX'), source('INBOX', null, 'ben@lab.test')]
  const below = { ...options, prefix: 'Restored' }
  const plain = { delimiter: '/', namespace: '', folders: [] }
  expect([targets(one, plain, below), targets(two, plain, below)]).toEqual([
    [
      ['Restored/INBOX', 'below_prefix'],
      ['Restored/Sent', 'below_prefix'],
    ],
    [
      ['Restored/ana@lab.test/INBOX', 'below_prefix'],
      ['Restored/ben@lab.test/INBOX', 'below_prefix'],
    ],
  ])
})

it('A choice by hand counts before everything else.', () => {
  const folders = [{ source: 'ana@lab.test', path: 'Sent', target: 'INBOX.Old sent' }]
  expect(targets([source('Sent', '\\Sent')], rules, { ...options, folders })).toEqual([
    ['INBOX.Old sent', 'chosen'],
  ])
})

it('A safe level has no delimiter, wildcard or control character, is never empty, and is safe already.', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('/', '.', '\\', null),
      (name, delimiter) => {
        const safe = safeLevel(name, delimiter)
        const forbidden = delimiter !== null && safe.includes(delimiter)
        expect([forbidden, /[\u0000-\u001f%*"]/.test(safe), safe === '', safeLevel(safe, delimiter)]).toEqual(
          [false, false, false, safe],
        )
      },
    ),
  )
})

it('A plain name for Exchange is not its reserved “Files”, and INBOX is one folder in any case.', () => {
  expect([plainName('Files', '/'), plainName('a&b/c:d', '/'), nameKey('inbox'), nameKey('Inboxes')]).toEqual([
    'Files_',
    'a_b/c_d',
    'INBOX',
    'Inboxes',
  ])
})
