import { IconArchive } from '@tabler/icons-react'
import { archiveWords as words, countMessages } from '../../i18n/archive.ts'
import type { PaletteSource, Place } from '../../ui/index.ts'

export { checkedLine } from './standing.ts'

/** Archives by name, and what one can do first. */
const archives: PaletteSource = {
  title: words.archives,
  find: async (text, { call }) => {
    const { archives: known } = await call('archive.list', {})
    return known
      .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
      .slice(0, 5)
      .map(({ archiveId, name, messageCount }) => ({
        id: archiveId,
        label: words.openTo(name),
        to: `/archive/${archiveId}`,
        ...(messageCount !== null && { detail: countMessages(messageCount) }),
      }))
  },
}

const acts: PaletteSource = {
  title: words.place,
  find: (text) =>
    Promise.resolve(
      [
        { id: 'archive-pull', label: words.pull, to: '/archive?pull=1' },
        { id: 'archive-create', label: words.create, to: '/archive?create=1' },
        { id: 'archive-open', label: words.open, to: '/archive?open=1' },
      ].filter(({ label }) => label.toLowerCase().includes(text.toLowerCase())),
    ),
}

/** Keep mail, browse it, prove it whole, hand it over. */
export const place: Place = {
  path: 'archive',
  label: words.place,
  icon: IconArchive,
  goKey: 'a',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./archives-page.tsx')).ArchivesPage }) },
    {
      path: ':archiveId',
      lazy: async () => ({ Component: (await import('./archive-page.tsx')).ArchivePage }),
    },
    {
      path: ':archiveId/safety',
      lazy: async () => ({ Component: (await import('./safety/safety-page.tsx')).SafetyPage }),
    },
    {
      path: ':archiveId/history',
      lazy: async () => ({ Component: (await import('./safety/history-page.tsx')).HistoryPage }),
    },
    {
      path: ':archiveId/restore',
      lazy: async () => ({ Component: (await import('./restore/restores-page.tsx')).RestoresPage }),
    },
    {
      path: ':archiveId/restore/:restoreId',
      lazy: async () => ({ Component: (await import('./restore/restore-page.tsx')).RestorePage }),
    },
    {
      path: ':archiveId/retention',
      lazy: async () => ({ Component: (await import('./retention/retention-page.tsx')).RetentionPage }),
    },
  ],
  palette: [archives, acts],
}
