import { IconStethoscope } from '@tabler/icons-react'
import { diagnosticsWords as words } from '../../i18n/diagnostics.ts'
import type { PaletteSource, Place } from '../../ui/index.ts'

/** Past runs by address. */
const runs: PaletteSource = {
  title: words.runs,
  find: async (text, { call }) => {
    const { runs: found } = await call('diagnostics.list', { limit: 200 })
    return found
      .filter(({ address }) => address.toLowerCase().includes(text.toLowerCase()))
      .slice(0, 5)
      .map(({ runId, address, finding }) => ({
        id: runId,
        label: words.runOf(address),
        to: `/diagnose/${runId}`,
        ...(finding !== null && { detail: finding.title }),
      }))
  },
}

const page = async () => ({ Component: (await import('./diagnose-page.tsx')).DiagnosePage })

/** Find the one cause of a mail problem. */
export const place: Place = {
  path: 'diagnose',
  label: words.place,
  icon: IconStethoscope,
  goKey: 'd',
  routes: [
    { index: true, lazy: page },
    { path: ':runId', lazy: page },
  ],
  palette: [runs],
}
