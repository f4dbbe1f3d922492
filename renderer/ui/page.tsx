import { useEffect, type ReactNode } from 'react'
import { uiWords } from '../i18n/ui.ts'
import classes from './page.module.css'

interface PageProps {
  readonly title: string
  /** One line under the title. */
  readonly lead?: ReactNode
  /** Buttons at the end of the title's line: verbs with objects. */
  readonly actions?: ReactNode
  /** Ways to the other parts of the same thing, below its title. */
  readonly tabs?: ReactNode
  /** `reading` keeps lines short and scrolls as a whole; `full` gives its child the whole height to divide. */
  readonly width?: 'reading' | 'wide' | 'full'
  readonly children: ReactNode
}

/** One screen: sets the window's title, and has the heading that gets the focus after navigation. */
export function Page(props: PageProps) {
  const { title, width = 'wide' } = props
  useEffect(() => {
    document.title = `${title} · ${uiWords.appName}`
  }, [title])
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h1 className={classes.title} tabIndex={-1} data-page-title>
            {title}
          </h1>
          {props.lead !== undefined && <p className={classes.lead}>{props.lead}</p>}
        </div>
        {props.actions !== undefined && <div className={classes.actions}>{props.actions}</div>}
        {props.tabs !== undefined && <div className={classes.tabs}>{props.tabs}</div>}
      </header>
      <div className={classes.body}>{props.children}</div>
    </div>
  )
}
