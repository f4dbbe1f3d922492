import { IconSunHigh } from '@tabler/icons-react'
import type { Place } from '../../ui/index.ts'

/** What needs somebody now. */
export const place: Place = {
  path: 'today',
  label: 'Today',
  icon: IconSunHigh,
  goKey: 't',
  routes: [{ index: true, lazy: async () => ({ Component: (await import('./today-page.tsx')).TodayPage }) }],
}
