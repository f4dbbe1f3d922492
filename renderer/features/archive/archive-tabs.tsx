import { Link } from 'react-router'
import { archiveTabWords as words } from '../../i18n/archive.ts'
import classes from './archive-tabs.module.css'

/** The parts of one archive's screen, each with an address of its own. */
export function ArchiveTabs(props: {
  readonly archiveId: string
  readonly current: keyof typeof words.tabs
}) {
  const { archiveId, current } = props
  const paths = {
    mail: '',
    restore: '/restore',
    safety: '/safety',
    retention: '/retention',
    history: '/history',
  } as const
  return (
    <nav aria-label={words.label} className={classes.tabs}>
      {Object.entries(words.tabs).map(([name, label]) => (
        <Link
          key={name}
          to={`/archive/${archiveId}${paths[name as keyof typeof paths]}`}
          aria-current={name === current ? 'page' : undefined}
          className={classes.tab}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
