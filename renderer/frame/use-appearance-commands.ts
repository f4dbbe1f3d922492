import { appearanceWords } from '../i18n/frame.ts'
import { useAppearance, useChooseAppearance, type PaletteItem } from '../ui/index.ts'

/** The palette's commands of appearance: those that would change something. */
export function useAppearanceCommands(): readonly PaletteItem[] {
  const { colourScheme, density } = useAppearance()
  const choose = useChooseAppearance()
  return [
    ...(['light', 'dark', 'auto'] as const)
      .filter((scheme) => scheme !== colourScheme)
      .map((scheme) => ({
        id: `theme-${scheme}`,
        label: appearanceWords.useTheme[scheme],
        run: () => choose({ colourScheme: scheme }),
      })),
    ...(['comfortable', 'compact'] as const)
      .filter((room) => room !== density)
      .map((room) => ({
        id: `density-${room}`,
        label: appearanceWords.useDensity[room],
        run: () => choose({ density: room }),
      })),
  ]
}
