import { IconSettings } from '@tabler/icons-react'
import type { Place } from '../../ui/index.ts'

export { VaultForm } from './vault-form.tsx'

/** What a person may set on this computer, and what this installation is. */
export const place: Place = {
  path: 'settings',
  label: 'Settings',
  icon: IconSettings,
  goKey: 's',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./settings-page.tsx')).SettingsPage }) },
  ],
}
