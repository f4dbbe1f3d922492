import { IconSchool } from '@tabler/icons-react'
import { practiceWords as words } from '../../i18n/practice.ts'
import type { PaletteSource, Place } from '../../ui/index.ts'

/** Cases by their title or by who has the problem. */
const cases: PaletteSource = {
  title: words.cases,
  find: async (text, { call }) => {
    const wanted = text.toLowerCase()
    const status = await call('practice.status', {})
    return status.cases
      .filter(({ title, personName }) => `${title} ${personName}`.toLowerCase().includes(wanted))
      .slice(0, 5)
      .map(({ caseId, title, personName }) => ({
        id: caseId,
        label: words.caseOf(title),
        detail: personName,
        to: `/practice/${caseId}`,
      }))
  },
}

/** A company that does not exist, to learn on. */
export const place: Place = {
  path: 'practice',
  label: words.place,
  icon: IconSchool,
  goKey: 'r',
  routes: [
    {
      path: ':caseId?',
      lazy: async () => ({ Component: (await import('./practice-page.tsx')).PracticePage }),
    },
  ],
  palette: [cases],
}
