import { useEffect, useRef, useState } from 'react'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { frameWords } from '../i18n/frame.ts'
import { shortcutWords } from '../i18n/ui.ts'
import { ShortcutsHelp, useHotkeys, type Place } from '../ui/index.ts'
import classes from './frame.module.css'
import { LineBanner } from './line-banner.tsx'
import { openPalette, Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { useJobReports } from './use-job-reports.ts'
import { useSettingsAppearance } from './use-settings-appearance.ts'

/** Rail and content. The rail stays still; the content has an address. */
export function Frame(props: { readonly places: readonly Place[] }) {
  const { places } = props
  const navigate = useNavigate()
  const [helpShown, setHelpShown] = useState(false)
  useSettingsAppearance()
  useJobReports()
  useFocusOnPlaceChange()
  useHotkeys(shortcutWords.general, [
    { keys: 'mod+k', label: shortcutWords.palette, run: openPalette, inFields: true },
    { keys: '?', label: shortcutWords.help, run: () => setHelpShown(true) },
    ...places.map((place) => ({
      keys: `g ${place.goKey}`,
      label: shortcutWords.goTo(place.label),
      run: () => void navigate(`/${place.path}`),
    })),
  ])
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        {frameWords.skip}
      </a>
      <Rail places={places} />
      <main className={classes.content} id="content" tabIndex={-1}>
        <LineBanner />
        <div className={classes.screen}>
          <Outlet />
        </div>
      </main>
      <Palette places={places} onHelp={() => setHelpShown(true)} />
      <ShortcutsHelp opened={helpShown} onClose={() => setHelpShown(false)} />
    </div>
  )
}

/** After going to another place the focus is on its heading; within a place it stays where it is. */
function useFocusOnPlaceChange(): void {
  const place = useLocation().pathname.split('/')[1] ?? ''
  const before = useRef(place)
  useEffect(() => {
    if (before.current === place) return
    before.current = place
    const heading =
      document.querySelector<HTMLElement>('[data-page-title]') ?? document.getElementById('content')
    heading?.focus({ preventScroll: true })
  }, [place])
}
