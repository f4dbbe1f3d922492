/** A column of the text index that a word can be looked for in. */
export type TextField = 'subject' | 'sender' | 'recipients' | 'copied' | 'body' | 'files'

/** One condition of a question. Times are milliseconds, `fromMs` included, `untilMs` not. */
export type QueryTerm =
  | {
      readonly kind: 'text'
      readonly field: TextField | null
      readonly text: string
      readonly prefix: boolean
    }
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'source'; readonly name: string }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'attachment' }
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'date'; readonly fromMs: number | null; readonly untilMs: number | null }
  | { readonly kind: 'size'; readonly atLeast: number | null; readonly below: number | null }
  | { readonly kind: 'state'; readonly state: QueryState }

/** What `is:` can ask for. */
export type QueryState = 'unread' | 'read' | 'flagged' | 'answered' | 'gone' | 'here'

/** A condition, or in words what is wrong with it. Null: nothing is asked yet (an operator without its value). */
export type ReadTerm = QueryTerm | { readonly problem: string } | null

const textFields: Readonly<Record<string, TextField>> = {
  subject: 'subject',
  from: 'sender',
  to: 'recipients',
  cc: 'copied',
  body: 'body',
  filename: 'files',
}
const states: readonly QueryState[] = ['unread', 'read', 'flagged', 'answered', 'gone', 'here']
const dayMs = 86_400_000

/** Operators by name, with what reads their value. */
const operators: Readonly<Record<string, (value: string, nowMs: number) => ReadTerm>> = {
  in: (name) => ({ kind: 'folder', name }),
  mailbox: (name) => ({ kind: 'source', name }),
  label: (name) => ({ kind: 'label', name }),
  has: (what) =>
    /^attachments?$/i.test(what) ? { kind: 'attachment' } : { problem: 'has: knows “attachment” only.' },
  type: (type) => ({ kind: 'type', type: type.toLowerCase().replace(/^\./, '') }),
  is: (state) => {
    const known = states.find((one) => one === state.toLowerCase())
    return known === undefined
      ? { problem: `is: knows ${states.join(', ')}.` }
      : { kind: 'state', state: known }
  },
  before: (value, nowMs) =>
    dated('before', value, nowMs, ({ fromMs }) => ({ fromMs: null, untilMs: fromMs })),
  after: (value, nowMs) => dated('after', value, nowMs, ({ fromMs }) => ({ fromMs, untilMs: null })),
  on: (value, nowMs) => dated('on', value, nowMs, (span) => span),
  size: (value) => sized('size', value, value.startsWith('<') ? 'below' : 'atLeast'),
  larger: (value) => sized('larger', value, 'atLeast'),
  smaller: (value) => sized('smaller', value, 'below'),
}

/** Whether a word before a colon is an operator; anything else is a word like others (`http://…`, `Re:`). */
export function isOperator(name: string): boolean {
  return Object.hasOwn(textFields, name) || Object.hasOwn(operators, name)
}

/** The column of a text operator; null for the others. */
export function fieldOf(name: string): TextField | null {
  return Object.hasOwn(textFields, name) ? (textFields[name] ?? null) : null
}

/** Reads the value of an operator that is not a text operator. */
export function readTerm(name: string, value: string, nowMs: number): ReadTerm {
  const read = Object.hasOwn(operators, name) ? operators[name] : undefined
  return read === undefined || value === '' ? null : read(value, nowMs)
}

interface Span {
  readonly fromMs: number | null
  readonly untilMs: number | null
}

function dated(
  name: string,
  value: string,
  nowMs: number,
  choose: (span: { readonly fromMs: number; readonly untilMs: number }) => Span,
): ReadTerm {
  const span = readDate(value, nowMs)
  if (span === null) return { problem: `${name}: wants a date, such as 2025, 2025-03, 2025-03-14 or 7d.` }
  return { kind: 'date', ...choose(span) }
}

/** A year, month or day in the time zone of this computer; or days, weeks, months, years back from now. */
function readDate(
  value: string,
  nowMs: number,
): { readonly fromMs: number; readonly untilMs: number } | null {
  const back = /^(\d{1,4})([dwmy])$/i.exec(value)
  if (back !== null) return { fromMs: goBack(nowMs, Number(back[1]), back[2] ?? 'd'), untilMs: nowMs }
  if (/^(?:today|yesterday)$/i.test(value)) {
    const now = new Date(nowMs)
    const day = now.getDate() - (value.toLowerCase() === 'today' ? 0 : 1)
    const at = (ahead: number) => new Date(now.getFullYear(), now.getMonth(), day + ahead).getTime()
    return { fromMs: at(0), untilMs: at(1) }
  }
  const parts = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(value)
  if (parts === null) return null
  const [year, month, day] = [parts[1], parts[2], parts[3]].map((part) =>
    part === undefined ? null : Number(part),
  )
  if (year == null || year < 1970) return null
  const start = new Date(year, (month ?? 1) - 1, day ?? 1)
  // The calendar rolls over what is not in it (the 31st of April): such a date is none.
  if (start.getMonth() !== (month ?? 1) - 1 || start.getDate() !== (day ?? 1)) return null
  const next =
    month == null
      ? new Date(year + 1, 0, 1)
      : day == null
        ? new Date(year, month, 1)
        : new Date(year, month - 1, day + 1)
  return { fromMs: start.getTime(), untilMs: next.getTime() }
}

function goBack(nowMs: number, count: number, unit: string): number {
  const now = new Date(nowMs)
  if (unit === 'm') return now.setMonth(now.getMonth() - count)
  if (unit === 'y') return now.setFullYear(now.getFullYear() - count)
  return nowMs - count * dayMs * (unit === 'w' ? 7 : 1)
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 }

function sized(name: string, value: string, side: 'atLeast' | 'below'): ReadTerm {
  const match = /^[<>]?=?\s*(\d{1,9}(?:\.\d{1,3})?)\s*([kmg]?)i?b?$/i.exec(value)
  const unit = units[match?.[2]?.toLowerCase() ?? ''] ?? 1
  if (match === null)
    return { problem: `${name}: wants a size, such as ${name === 'size' ? '>' : ''}1mb or 500k.` }
  const bytes = Math.round(Number(match[1]) * unit)
  return { kind: 'size', atLeast: null, below: null, [side]: bytes }
}
