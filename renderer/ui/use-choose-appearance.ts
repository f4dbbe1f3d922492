import { useCommand } from '../ipc/index.ts'
import { useAppearance, type ColourScheme } from './appearance.ts'
import type { Density } from './theme.ts'
import { toastError } from './toast.tsx'

/** Changes theme or density: at once in this window, and in the settings for the others. */
export function useChooseAppearance(): (next: { colourScheme?: ColourScheme; density?: Density }) => void {
  const set = useAppearance((appearance) => appearance.set)
  const update = useCommand('settings.update')
  return (next) => {
    set(next)
    update.mutate(next, { onError: toastError })
  }
}
