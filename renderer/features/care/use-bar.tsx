import type { QuotaUse } from '../../../core/care/types.ts'
import { careWords as words } from '../../i18n/care.ts'
import classes from './care.module.css'

/** From here on a bar says "nearly full" by its colour too. */
export const nearlyFull = 0.9

/** How much of a quota is used: a bar, a number, and words where there is no limit. */
export function UseBar(props: { readonly quota: QuotaUse | null; readonly label: string }) {
  const { quota } = props
  if (quota === null) return <span className={classes.quiet}>{words.noQuota}</span>
  const { usedBytes, limitBytes } = quota
  if (limitBytes === null || limitBytes === 0) return <span>{words.used(usedBytes)}</span>
  const share = usedBytes / limitBytes
  return (
    <span className={classes.use} title={words.usedOf(usedBytes, limitBytes)}>
      <span
        className={classes.bar}
        role="meter"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, Math.round(share * 100))}
        aria-valuetext={words.usedOf(usedBytes, limitBytes)}
      >
        <span
          className={classes.fill}
          data-full={share >= nearlyFull}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </span>
      <span>{words.shareOf(share, limitBytes)}</span>
    </span>
  )
}
