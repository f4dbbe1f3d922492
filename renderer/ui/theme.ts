import { createTheme, type CSSVariablesResolver, type MantineThemeOverride } from '@mantine/core'

/** How much room rows and controls take; a setting of the person. */
export type Density = 'comfortable' | 'compact'

const systemFont =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'Helvetica Neue', Arial, sans-serif"

/** Mantine's palette wants ten shades; screens use the tokens instead. Shades 5 and 6 are the filled accent. */
const accent = [
  '#eef3fe',
  '#dfe8fb',
  '#bccff6',
  '#97b4f0',
  '#8fb2ff',
  '#3566d6',
  '#2a5bd0',
  '#2352bd',
  '#1d459f',
  '#173780',
] as const

/** Mantine's greys of the dark theme, from text to the deepest ground; the same family as the tokens. */
const dark = [
  '#e7eaee',
  '#b4bcc7',
  '#949dab',
  '#6b7482',
  '#414955',
  '#2b3139',
  '#191d22',
  '#191d22',
  '#121519',
  '#0d0f12',
] as const

/** Mantine's theme for a density: smaller controls where work is dense. */
export function themeFor(density: Density): MantineThemeOverride {
  return createTheme({
    primaryColor: 'accent',
    primaryShade: { light: 6, dark: 5 },
    colors: { accent, dark },
    fontFamily: systemFont,
    fontFamilyMonospace: 'var(--font-machine)',
    fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
    spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
    radius: { xs: '4px', sm: '6px', md: '8px', lg: '8px', xl: '12px' },
    defaultRadius: 'sm',
    headings: { fontFamily: systemFont, fontWeight: '600' },
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: componentsFor(density),
  })
}

/** What components are like unless a screen says otherwise. */
function componentsFor(density: Density): NonNullable<MantineThemeOverride['components']> {
  const size = density === 'compact' ? 'xs' : 'sm'
  return {
    Button: { defaultProps: { size, variant: 'default' } },
    ActionIcon: {
      defaultProps: { size: density === 'compact' ? 'md' : 'lg', variant: 'subtle', color: 'gray' },
    },
    TextInput: { defaultProps: { size } },
    PasswordInput: { defaultProps: { size } },
    NumberInput: { defaultProps: { size } },
    Textarea: { defaultProps: { size, autosize: true, minRows: 3, maxRows: 16 } },
    Select: { defaultProps: { size, checkIconPosition: 'right', allowDeselect: false } },
    MultiSelect: { defaultProps: { size } },
    SegmentedControl: { defaultProps: { size } },
    Checkbox: { defaultProps: { size } },
    Switch: { defaultProps: { size } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'md',
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 120 },
      },
    },
    Popover: { defaultProps: { radius: 'md', shadow: 'md', transitionProps: { duration: 100 } } },
    Menu: {
      defaultProps: {
        radius: 'md',
        shadow: 'md',
        transitionProps: { duration: 80 },
        // The first item takes the focus itself: a placeholder is no child that a menu may have.
        withInitialFocusPlaceholder: false,
      },
    },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 80 },
        events: { hover: true, focus: true, touch: false },
      },
    },
  }
}

const shared = {
  '--mantine-color-body': 'var(--surface-1)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--fail)',
  '--mantine-color-default': 'var(--surface-1)',
  '--mantine-color-default-hover': 'var(--surface-hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--surface-2)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent-filled)',
  '--mantine-primary-color-filled-hover': 'var(--accent-filled-hover)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent)',
  '--mantine-color-gray-light-color': 'var(--ink-2)',
  '--mantine-color-gray-subtle-color': 'var(--ink-2)',
  '--mantine-color-gray-light-hover': 'var(--surface-2)',
  '--mantine-shadow-md': 'var(--shadow)',
  '--mantine-shadow-xl': 'var(--shadow)',
}

/** Lets Mantine's parts wear our tokens, in both themes. */
export const tokensForMantine: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
