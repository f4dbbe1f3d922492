import { IconContrast } from '@tabler/icons-react'
import { appearanceWords } from '../i18n/frame.ts'
import { AppearanceChoices, Popover, Stack } from '../ui/index.ts'
import { ToolButton } from './tool-button.tsx'

/** Theme and density, reached from everywhere. */
export function ThemeSwitch() {
  return (
    <Popover position="right-end">
      <Popover.Target>
        <ToolButton
          picture={<IconContrast size={18} stroke={1.6} aria-hidden />}
          word={appearanceWords.theme}
        />
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <AppearanceChoices />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
