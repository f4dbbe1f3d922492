import type { SignInCheck } from '../../../core/accounts/sign-in-check.ts'
import { assertNever } from '../../../core/errors.ts'
import { signInWords as words } from '../../i18n/accounts.ts'
import { Duration, Hint, MachineText, Quiet, StateBadge } from '../../ui/index.ts'
import classes from './people.module.css'

/** What came of trying a sign-in: the state, a sentence, and the server's own words. */
export function SignInResult({ result }: { readonly result: SignInCheck }) {
  return (
    <div className={classes.result} role="status">
      <Outcome result={result} />
    </div>
  )
}

function Outcome({ result }: { readonly result: SignInCheck }) {
  switch (result.outcome) {
    case 'accepted':
      return (
        <p className={classes.resultLine}>
          <StateBadge state="pass" />
          {words.accepted}
          <Quiet>
            <Duration durationMs={result.durationMs} />
          </Quiet>
        </p>
      )
    case 'refused':
      return (
        <>
          <p className={classes.resultLine}>
            <StateBadge state="fail" />
            {words.refused}
          </p>
          {result.response !== '' && (
            <p className={classes.resultLine}>
              {words.said}
              <MachineText>
                {`${result.responseCode === null ? '' : `[${result.responseCode}] `}${result.response}`}
              </MachineText>
            </p>
          )}
          <Hint>{words.refusedNext}</Hint>
        </>
      )
    case 'unreachable':
      return (
        <>
          <p className={classes.resultLine}>
            <StateBadge state="unknown" />
            {result.sentence}
          </p>
          <Hint>{words.unreachable}</Hint>
        </>
      )
    case 'not_tried':
      return (
        <p className={classes.resultLine}>
          <StateBadge state="unknown" />
          {words.notTried(result.reason)}
        </p>
      )
    default:
      return assertNever(result)
  }
}
