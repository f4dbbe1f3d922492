import { CopyButton } from './copy-button.tsx'
import classes from './machine-text.module.css'

/** What a machine said, word for word, in monospace. `block` for answers and transcripts, with a copy button. */
export function MachineText(props: {
  readonly children: string
  readonly block?: boolean
  readonly label?: string
}) {
  if (props.block !== true) return <code className={classes.inline}>{props.children}</code>
  return (
    <div className={classes.frame}>
      <pre className={classes.block} tabIndex={0} aria-label={props.label}>
        {props.children}
      </pre>
      <div className={classes.copy}>
        <CopyButton text={props.children} what={props.label ?? ''} />
      </div>
    </div>
  )
}
