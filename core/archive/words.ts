/**
 * How text becomes words, the same for what is indexed and for what is asked. SQLite's unicode61 tokenizer takes
 * case and accents off and splits at everything that is no letter, digit or mark. Scripts that are written
 * without spaces get pairs of characters instead of words: 会議室 becomes 会議 議室 室, so that any stretch of it
 * can be found. The single last character lets one character be found as a prefix.
 */
const unspacedScripts = 'Han Hiragana Katakana Hangul Bopomofo Thai Lao Khmer Myanmar'.split(' ')
const unspacedRun = new RegExp(
  `(?:(?=[\\p{L}\\p{N}\\p{M}])[${unspacedScripts.map((script) => `\\p{scx=${script}}`).join('')}])+`,
  'gu',
)
/** Covers the scripts above (and more): most mail has none of these characters and is left as it is. */
const perhapsUnspaced = /[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\udbff\uf900-\ufaff]/
const optionalMarks = /[\u0386-\u03ce\u0591-\u05c7\u0610-\u0670\u1f00-\u1fff]/
const notAscii = /[^\0-\x7f]/
const wordCharacter = /[\p{L}\p{N}]/u

/** Text as it is given to the index. */
export function toIndexForm(text: string): string {
  if (!notAscii.test(text)) return text
  const whole = withoutOptionalMarks(text.normalize('NFKC'))
  return perhapsUnspaced.test(whole)
    ? whole.replace(unspacedRun, (run) => ` ${pairs(run).join(' ')} `)
    : whole
}

/** What people leave out when they type: Greek accents, Hebrew and Arabic vowel points, the Arabic stretching line. */
function withoutOptionalMarks(text: string): string {
  if (!optionalMarks.test(text)) return text
  return text
    .replace(/[\u0386-\u03ce\u1f00-\u1fff]/g, (letter) => letter.normalize('NFD').charAt(0))
    .replace(/[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g, '')
}

/** Words of a question as one phrase of FTS5; `prefix`: the last word may go on. Null when there is no word in it. */
export function toPhrase(text: string, prefix: boolean): string | null {
  const whole = text.normalize('NFKC').replaceAll('\0', ' ').toWellFormed()
  if (!wordCharacter.test(whole)) return null
  const tail = lastRun(whole)
  const head = toIndexForm(whole.slice(0, whole.length - tail.length))
  const characters = Array.from(tail)
  // The run may go on in the text that is looked for: its last character is then part of a pair.
  const end = characters.length < 2 ? tail : pairs(tail).slice(0, -1).join(' ')
  const isPrefix = characters.length === 1 || (tail === '' && prefix)
  return `"${`${head} ${end}`.trim().replaceAll('"', ' ')}"${isPrefix ? '*' : ''}`
}

/** Whether a text ends in a script without spaces, and the stretch with which it does. */
function lastRun(text: string): string {
  const trimmed = text.replace(/[^\p{L}\p{N}\p{M}]+$/u, '')
  let last = ''
  for (const match of trimmed.matchAll(unspacedRun))
    if (match.index + match[0].length === trimmed.length) last = match[0]
  return trimmed.length === text.length ? last : ''
}

function pairs(run: string): readonly string[] {
  const characters = Array.from(run)
  return characters.map((character, n) => character + (characters[n + 1] ?? ''))
}

const folded = new Map<string, string>()

/**
 * Text without case and accents, character by character, so that places in it are places in the text. For marking
 * what was found.
 */
export function foldForMarks(text: string): string {
  // The one character that grows in lower case (U+0130) is gone by then.
  return (notAscii.test(text) ? text.replace(/[^\0-\x7f]/g, foldCharacter) : text).toLowerCase()
}

function foldCharacter(character: string): string {
  const known = folded.get(character)
  if (known !== undefined) return known
  const base = character.normalize('NFKD').charAt(0).toLowerCase().charAt(0)
  // Half a surrogate pair stays what it is.
  const fold = /[\ud800-\udfff]/.test(character) ? character : base
  if (folded.size < 20_000) folded.set(character, fold)
  return fold
}

/** Whether a text is written without spaces between its words. */
export function isUnspaced(text: string): boolean {
  return perhapsUnspaced.test(text) && lastRun(text) !== ''
}
