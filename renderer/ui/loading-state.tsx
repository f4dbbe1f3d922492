import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import { uiWords } from '../i18n/ui.ts'
import classes from './loading-state.module.css'

const patienceMs = 150

/** Grey lines where the content will be; nothing in the first 150 ms, so that fast answers do not flicker. */
export function LoadingState(props: { readonly rows?: number }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), patienceMs)
    return () => window.clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <div className={classes.root} role="status">
      <VisuallyHidden>{uiWords.loading}</VisuallyHidden>
      {Array.from({ length: props.rows ?? 5 }, (_, row) => (
        <Skeleton key={row} height={12} width={`${88 - ((row * 23) % 40)}%`} radius="xs" />
      ))}
    </div>
  )
}
