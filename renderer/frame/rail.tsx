import { IconSearch } from '@tabler/icons-react'
import { NavLink } from 'react-router'
import { frameWords } from '../i18n/frame.ts'
import { UnstyledButton, type Place } from '../ui/index.ts'
import { Connectivity } from './connectivity.tsx'
import { JobCentre } from './job-centre.tsx'
import { openPalette } from './palette.tsx'
import classes from './rail.module.css'
import { ThemeSwitch } from './theme-switch.tsx'

/** The places in the order of the work, and beneath them what is true everywhere. */
export function Rail(props: { readonly places: readonly Place[] }) {
  const settings = props.places.filter((place) => place.path === 'settings')
  const work = props.places.filter((place) => place.path !== 'settings')
  return (
    <div className={classes.rail}>
      <nav aria-label={frameWords.rail} className={classes.nav}>
        <UnstyledButton className={classes.item ?? ''} onClick={openPalette} title={frameWords.findWhat}>
          <IconSearch size={20} stroke={1.6} aria-hidden />
          {frameWords.find}
        </UnstyledButton>
        <hr className={classes.divider} />
        {work.map((place) => (
          <RailLink key={place.path} place={place} />
        ))}
        <span className={classes.gap} />
        {settings.map((place) => (
          <RailLink key={place.path} place={place} />
        ))}
      </nav>
      <aside className={classes.tools} aria-label={frameWords.tools}>
        <JobCentre />
        <Connectivity />
        <ThemeSwitch />
      </aside>
    </div>
  )
}

function RailLink(props: { readonly place: Place }) {
  const { path, label, icon: Icon } = props.place
  return (
    <NavLink to={`/${path}`} className={classes.item ?? ''}>
      <Icon size={20} stroke={1.6} aria-hidden />
      {label}
    </NavLink>
  )
}
