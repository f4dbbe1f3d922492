import { useId, type ReactNode } from 'react'
import classes from './panel.module.css'

/** A titled section with a border. `flush` lets a list or table reach its edges. */
export function Panel(props: {
  readonly title: string
  readonly aside?: ReactNode
  readonly flush?: boolean
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <header className={classes.header}>
        <h2 className={classes.title} id={id}>
          {props.title}
        </h2>
        {props.aside}
      </header>
      <div className={props.flush === true ? undefined : classes.body}>{props.children}</div>
    </section>
  )
}
