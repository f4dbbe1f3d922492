import { IconUsers } from '@tabler/icons-react'
import { addWords, peopleWords as words } from '../../i18n/accounts.ts'
import type { PaletteSource, Place } from '../../ui/index.ts'

export { FindServers } from './find-servers.tsx'
export { MailboxField } from './mailbox-field.tsx'
export { emptyValues, fieldsOf, mailboxShape, valuesOf, withServer } from './mailbox-fields.ts'
export { mailboxActTo, serverAt, type MailboxAct } from './mailbox-link.ts'
export { MailboxSettings } from './server-fields.tsx'

const offered = 6

/** People by name or any of their addresses. */
const people: PaletteSource = {
  title: words.title,
  find: async (text, { call }) => {
    const { people: found } = await call('accounts.list', { text, limit: offered })
    return found.map(({ personId, name, email }) => ({
      id: personId,
      label: name,
      detail: email,
      to: `/people/${personId}`,
    }))
  },
}

const page = async () => ({ Component: (await import('./people-page.tsx')).PeoplePage })

/** Whose mail is looked after: one page a person. */
export const place: Place = {
  path: 'people',
  label: words.title,
  icon: IconUsers,
  goKey: 'p',
  routes: [
    { index: true, lazy: page },
    { path: ':personId', lazy: page },
  ],
  palette: [people],
  commands: [{ id: 'people.add', label: addWords.title, to: '/people?add=1' }],
}
