import { assertNever } from '../../core/errors.ts'
import { verdictWords } from '../i18n/ui.ts'

/** The five honest answers. Unknown is not pass; not applicable is not unknown. */
export type Verdict = 'pass' | 'warning' | 'fail' | 'unknown' | 'not_applicable'

/** A step on its way to a verdict. */
export type StepState = Verdict | 'waiting' | 'running'

/** How a state is drawn: class name, shape, word. */
export interface StateLook {
  readonly tone: 'pass' | 'warning' | 'fail' | 'unknown' | 'quiet' | 'busy'
  readonly word: string
}

/** The look of a state; the shape itself is drawn by `StateMark`. */
export function lookOf(state: StepState): StateLook {
  switch (state) {
    case 'pass':
      return { tone: 'pass', word: verdictWords.pass }
    case 'warning':
      return { tone: 'warning', word: verdictWords.warning }
    case 'fail':
      return { tone: 'fail', word: verdictWords.fail }
    case 'unknown':
      return { tone: 'unknown', word: verdictWords.unknown }
    case 'not_applicable':
      return { tone: 'quiet', word: verdictWords.not_applicable }
    case 'waiting':
      return { tone: 'quiet', word: verdictWords.waiting }
    case 'running':
      return { tone: 'busy', word: verdictWords.running }
    default:
      return assertNever(state)
  }
}
