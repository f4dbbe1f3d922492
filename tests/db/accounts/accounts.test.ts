import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WriteHandle } from '../../../db/handles.ts'
import { closeDatabase, openDatabase } from '../../../db/open.ts'
import * as accounts from '../../../db/queries/accounts.ts'
import { aMailbox, aPerson } from '../../helpers/accounts.ts'

let db: WriteHandle
beforeEach(() => {
  db = openDatabase(':memory:')
})
afterEach(() => {
  closeDatabase(db)
})

const all = { text: '', offset: 0, limit: 100 }
const names = (input: object) =>
  accounts.listPeople(db, { ...all, ...input }).people.map((person) => person.name)

const totals = () => ({
  people: accounts.listPeople(db, all).total,
  mailboxes: accounts.listMailboxes(db, { ...all, personId: null }).total,
})

describe('people', () => {
  it('come back as they were added, with their mailboxes', () => {
    accounts.addPerson(db, aPerson(), [
      aMailbox(),
      aMailbox({ mailboxId: 'm-2', address: 'b@x.example', smtp: null }),
    ])
    expect([accounts.getPerson(db, 'p-ana'), accounts.listMailboxesOf(db, 'p-ana')]).toEqual([
      aPerson(),
      [aMailbox({ mailboxId: 'm-2', address: 'b@x.example', smtp: null }), aMailbox()],
    ])
  })

  it('are one an address, whatever its case', () => {
    accounts.addPerson(db, aPerson(), [])
    expect(() =>
      accounts.addPerson(db, aPerson({ personId: 'p-2', email: 'ANA@harbour.example' }), []),
    ).toThrow(expect.objectContaining({ code: 'record.conflict' }))
  })

  it('with an accent in the address are somebody else', () => {
    accounts.addPerson(db, aPerson({ email: 'rene@x.example' }), [])
    accounts.addPerson(db, aPerson({ personId: 'p-2', email: 'rené@x.example' }), [])
    expect(accounts.findPersonByEmail(db, 'RENE\u0301@x.example')?.personId).toBe('p-2')
  })

  it('are not kept when one of their mailboxes cannot be', () => {
    expect(() => accounts.addPerson(db, aPerson(), [aMailbox(), aMailbox()])).toThrow()
    expect(totals()).toEqual({ people: 0, mailboxes: 0 })
  })

  it('are listed by name without regard to case and accents, a page at a time', () => {
    const given = ['Zoë', 'anna', 'Émile', 'Bo', 'Élodie']
    given.forEach((name, i) =>
      accounts.addPerson(db, aPerson({ personId: `p${i}`, name, email: `${i}@x.example` }), []),
    )
    expect([
      names({ limit: 3 }),
      names({ offset: 3 }),
      accounts.listPeople(db, { ...all, limit: 1 }).total,
    ]).toEqual([['anna', 'Bo', 'Élodie'], ['Émile', 'Zoë'], 5])
  })

  it('are counted in all, also beyond the last page', () => {
    accounts.addPerson(db, aPerson(), [])
    expect(accounts.listPeople(db, { text: 'ana', offset: 5, limit: 5 })).toEqual({ people: [], total: 1 })
  })

  it('are found by every word, in a name, an address or a mailbox; % and _ are letters', () => {
    accounts.addPerson(db, aPerson(), [aMailbox({ address: 'post_room@harbour.example' })])
    accounts.addPerson(db, aPerson({ personId: 'p-2', name: 'Łukasz Śmiały', email: 'l@x.example' }), [])
    const found = [
      'lima ana',
      'ANA harbour',
      'post_room',
      'postXroom',
      '%',
      'lukasz smialy',
      'ana smiały',
    ].map((text) => names({ text }))
    expect(found).toEqual([['Ana Lima'], ['Ana Lima'], ['Ana Lima'], [], [], ['Łukasz Śmiały'], []])
  })

  it('that change keep their mailboxes', () => {
    accounts.addPerson(db, aPerson(), [aMailbox()])
    accounts.putPerson(db, aPerson({ name: 'Ana Costa', email: 'Ana@harbour.example' }))
    expect([
      accounts.findPersonByEmail(db, 'ANA@HARBOUR.EXAMPLE')?.name,
      accounts.listMailboxesOf(db, 'p-ana').length,
    ]).toEqual(['Ana Costa', 1])
  })

  it('that are removed take their mailboxes along, and say which', () => {
    accounts.addPerson(db, aPerson(), [aMailbox(), aMailbox({ mailboxId: 'm-2', address: 'b@x.example' })])
    accounts.addPerson(db, aPerson({ personId: 'p-2', email: 'bo@x.example' }), [])
    expect([accounts.removePeople(db, ['p-ana', 'p-unknown']).toSorted(), totals()]).toEqual([
      ['m-2', 'm-ana'],
      { people: 1, mailboxes: 0 },
    ])
  })

  it('that do not exist are null, and cannot be written over', () => {
    expect(accounts.getPerson(db, 'nobody')).toBeNull()
    expect(() => accounts.putPerson(db, aPerson())).toThrow(
      expect.objectContaining({ code: 'record.not_found' }),
    )
  })

  it('of the practice company are told apart', () => {
    accounts.addPerson(db, aPerson(), [])
    accounts.addPerson(db, aPerson({ personId: 'p-2', email: 'bo@x.example', origin: 'practice' }), [])
    expect(accounts.listPersonIdsByOrigin(db, 'practice')).toEqual(['p-2'])
  })
})

describe('mailboxes', () => {
  beforeEach(() => accounts.addPerson(db, aPerson(), [aMailbox()]))

  it('are listed by address with their person, of all or of one', () => {
    accounts.addPerson(
      db,
      aPerson({ personId: 'p-2', name: 'Bo', email: 'bo@x.example', origin: 'practice' }),
      [
        aMailbox({
          mailboxId: 'm-bo',
          personId: 'p-2',
          address: 'bo@x.example',
          imap: null,
          signIn: 'xoauth2',
        }),
      ],
    )
    const bo = {
      mailboxId: 'm-bo',
      personId: 'p-2',
      address: 'bo@x.example',
      signIn: 'xoauth2',
      personName: 'Bo',
      origin: 'practice',
      imapHost: null,
    }
    expect([
      accounts.listMailboxes(db, { ...all, personId: null }).mailboxes.map((row) => row.address),
      accounts.listMailboxes(db, { ...all, personId: 'p-2' }),
      accounts.listMailboxes(db, { ...all, text: 'lima', personId: null }).total,
    ]).toEqual([['ana@harbour.example', 'bo@x.example'], { mailboxes: [bo], total: 1 }, 1])
  })

  it('are one an address for a person, also after a change', () => {
    accounts.addMailbox(db, aMailbox({ mailboxId: 'm-2', address: 'b@x.example' }))
    const conflict = expect.objectContaining({ code: 'record.conflict' }) as Error
    expect(() => accounts.addMailbox(db, aMailbox({ mailboxId: 'm-3', address: 'B@x.example' }))).toThrow(
      conflict,
    )
    expect(() => accounts.putMailbox(db, aMailbox({ address: 'b@X.example' }))).toThrow(conflict)
  })

  it('need their person', () => {
    expect(() => accounts.addMailbox(db, aMailbox({ mailboxId: 'm-2', personId: 'nobody' }))).toThrow(
      expect.objectContaining({ code: 'record.not_found' }),
    )
  })

  it('can be changed and removed', () => {
    const changed = aMailbox({ imap: null, username: 'ana', signIn: 'xoauth2' })
    accounts.putMailbox(db, changed)
    expect([
      accounts.getMailbox(db, 'm-ana'),
      accounts.removeMailbox(db, 'm-ana'),
      accounts.removeMailbox(db, 'm-ana'),
      accounts.getMailbox(db, 'm-ana'),
    ]).toEqual([changed, true, false, null])
  })

  it('tell a new neighbour of their domain by which network they are reached', () => {
    const network = { dnsServers: ['127.0.0.1:5300'], trustedCaPem: 'PEM' }
    accounts.addMailbox(db, aMailbox({ mailboxId: 'm-2', address: 'old@lake.example', createdAtMs: 1 }))
    accounts.addMailbox(
      db,
      aMailbox({ mailboxId: 'm-3', address: 'new@Lake.example', createdAtMs: 2, network }),
    )
    expect([
      accounts.findNetworkOfDomain(db, 'LAKE.example'),
      accounts.findNetworkOfDomain(db, 'sea.example'),
    ]).toEqual([network, null])
  })
})

describe('the database', () => {
  it('has strict tables and no column for a secret', () => {
    const columns = db.$client
      .prepare(
        `SELECT m.name || '.' || c.name AS name FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.name IN ('people', 'mailboxes') AND m.sql LIKE '%STRICT' ORDER BY m.name, c.cid`,
      )
      .all() as { name: string }[]
    expect(columns.map((column) => column.name)).toEqual([
      ...[
        'mailbox_id',
        'person_id',
        'address',
        'address_key',
        'domain',
        'username',
        'sign_in',
        'imap',
        'smtp',
      ].map((name) => `mailboxes.${name}`),
      'mailboxes.network',
      'mailboxes.created_at_ms',
      ...['person_id', 'name', 'name_key', 'email', 'email_key', 'origin', 'created_at_ms'].map(
        (name) => `people.${name}`,
      ),
    ])
  })
})
