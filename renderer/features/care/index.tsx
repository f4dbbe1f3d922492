import { IconHeartHandshake } from '@tabler/icons-react'
import { careWords as words } from '../../i18n/care.ts'
import { junkWords } from '../../i18n/care-junk.ts'
import { planWords } from '../../i18n/care-plans.ts'
import type { PaletteSource, Place } from '../../ui/index.ts'

const offered = 5

/** Mailboxes by address or person, to look at what fills them. */
const mailboxes: PaletteSource = {
  title: words.place,
  find: async (text, { call }) => {
    const found = await call('accounts.listMailboxes', { text, limit: offered })
    return found.mailboxes.map(({ mailboxId, address, personName }) => ({
      id: `care-${mailboxId}`,
      label: words.openTo(address),
      detail: personName,
      to: `/care/${mailboxId}`,
    }))
  },
}

/** Live mailboxes: what fills them, clean-ups with a way back, and mail that went to junk. */
export const place: Place = {
  path: 'care',
  label: words.place,
  icon: IconHeartHandshake,
  goKey: 'm',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./care-page.tsx')).CarePage }) },
    { path: 'plans', lazy: async () => ({ Component: (await import('./plans-page.tsx')).PlansPage }) },
    {
      path: 'plans/runs/:runId',
      lazy: async () => ({ Component: (await import('./run-page.tsx')).RunPage }),
    },
    { path: 'junk', lazy: async () => ({ Component: (await import('./junk-page.tsx')).JunkPage }) },
    {
      path: ':mailboxId',
      lazy: async () => ({ Component: (await import('./storage-page.tsx')).StoragePage }),
    },
  ],
  palette: [mailboxes],
  commands: [
    { id: 'care.plans', label: planWords.title, to: '/care/plans' },
    { id: 'care.junk', label: junkWords.title, to: '/care/junk' },
  ],
}
