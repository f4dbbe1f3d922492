import { useMemo } from 'react'
import { readerWords as words } from '../../i18n/archive.ts'
import classes from './archive.module.css'
import { safeMail } from './safe-mail.ts'

/**
 * Hostile HTML, made harmless three times over: cleaned of scripts, forms and remote references; in a frame with
 * an empty sandbox, where no script runs and no link leads anywhere; under a policy that loads nothing.
 */
export function MailFrame(props: { readonly html: string }) {
  const page = useMemo(() => safeMail(props.html), [props.html])
  return (
    <iframe
      className={classes.frame}
      sandbox=""
      srcDoc={page}
      title={words.frameTitle}
      referrerPolicy="no-referrer"
    />
  )
}
