import type { MailCriteria } from '../../../../core/archive/retention.ts'
import { retentionFormWords as words } from '../../../i18n/retention.ts'
import { TextAreaField } from '../../../ui/index.ts'

/** Criteria as they are typed: one on each line. */
export type TypedCriteria = Readonly<Record<keyof MailCriteria, string>>

/** Nothing typed yet, or what a rule says. */
export function typedFrom(criteria: MailCriteria | null): TypedCriteria {
  const lines = (list: readonly string[] | undefined) => (list ?? []).join('\n')
  return {
    sources: lines(criteria?.sources),
    folders: lines(criteria?.folders),
    labels: lines(criteria?.labels),
    senders: lines(criteria?.senders),
    people: lines(criteria?.people),
  }
}

/** What was typed, as criteria. */
export function criteriaFrom(typed: TypedCriteria): MailCriteria {
  const list = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  return {
    sources: list(typed.sources).map((one) => one.toLowerCase()),
    folders: list(typed.folders),
    labels: list(typed.labels),
    senders: list(typed.senders).map((one) => one.toLowerCase()),
    people: list(typed.people).map((one) => one.toLowerCase()),
  }
}

/** Which mail is meant. */
export function CriteriaFields(props: {
  readonly typed: TypedCriteria
  readonly onChange: (typed: TypedCriteria) => void
}) {
  const hints = { sources: '', folders: '', labels: '', senders: words.sendersHint, people: words.peopleHint }
  return (['sources', 'folders', 'senders', 'people', 'labels'] as const).map((name) => (
    <TextAreaField
      key={name}
      label={words[name]}
      hint={[hints[name], words.onePerLine].filter((text) => text !== '').join(' ')}
      value={props.typed[name]}
      error={null}
      onChange={(text) => props.onChange({ ...props.typed, [name]: text })}
    />
  ))
}
