import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './tokens.css'
import './base.css'
import { MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { useLayoutEffect, useMemo, type ReactNode } from 'react'
import { useAppearance } from './appearance.ts'
import { NowProvider } from './now.tsx'
import { themeFor, tokensForMantine } from './theme.ts'

/** Theme, density, toasts and the shared clock: around everything else. */
export function UiProvider(props: { readonly children: ReactNode }) {
  const { colourScheme, density } = useAppearance()
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)', false, {
    getInitialValueInEffect: false,
  })
  const scheme = colourScheme === 'auto' ? (systemIsDark ? 'dark' : 'light') : colourScheme
  const theme = useMemo(() => themeFor(density), [density])
  useLayoutEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={tokensForMantine} forceColorScheme={scheme}>
      <NowProvider>{props.children}</NowProvider>
      {/* Not wider than the context pane: a message must not lie over the button that is pressed next. */}
      <Notifications position="bottom-right" limit={3} transitionDuration={120} containerWidth={276} />
    </MantineProvider>
  )
}
