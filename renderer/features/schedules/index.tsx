import { IconCalendarRepeat } from '@tabler/icons-react'
import { schedulesWords as words } from '../../i18n/schedules.ts'
import type { Place } from '../../ui/index.ts'

/** What runs by itself, when, and why it does not run now. */
export const place: Place = {
  path: 'schedules',
  label: words.place,
  icon: IconCalendarRepeat,
  goKey: 'c',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./schedules-page.tsx')).SchedulesPage }) },
  ],
  commands: [{ id: 'schedule-create', label: words.create, to: '/schedules?create=1' }],
}
