import { IconContrast } from '@tabler/icons-react'
import { appearanceWords } from '../i18n/frame.ts'
import { AppearanceChoices, Stack } from '../ui/index.ts'
import { RailPopover } from './rail-popover.tsx'
import { ToolButton } from './tool-button.tsx'

/** Theme and density, reached from everywhere. */
export function ThemeSwitch() {
  const picture = <IconContrast size={18} stroke={1.6} aria-hidden />
  return (
    <RailPopover
      label={appearanceWords.title}
      width={340}
      button={<ToolButton picture={picture} word={appearanceWords.theme} />}
    >
      <Stack gap="sm" p="md">
        <AppearanceChoices />
      </Stack>
    </RailPopover>
  )
}
