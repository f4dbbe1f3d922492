import { useEffect } from 'react'
import { useQueryOf } from '../ipc/index.ts'
import { useAppearance } from '../ui/index.ts'

/** Lets the window follow the settings, also when another window or the command line changes them. */
export function useSettingsAppearance(): void {
  const { data } = useQueryOf('settings.get', {})
  const set = useAppearance((appearance) => appearance.set)
  useEffect(() => {
    if (data !== undefined) set({ colourScheme: data.colourScheme, density: data.density })
  }, [data, set])
}
