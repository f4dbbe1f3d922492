import { useState } from 'react'
import type { z } from 'zod'
import { uiWords } from '../i18n/ui.ts'

/** What a field needs to be shown. */
export interface FieldProps<T> {
  readonly value: T
  readonly error: string | null
  readonly onChange: (value: T) => void
}

/** A form's values and what is wrong with them. */
export interface Form<T extends object> {
  readonly values: T
  field<K extends keyof T & string>(name: K): FieldProps<T[K]>
  /** Calls `then` with the parsed values, or shows what is wrong in each field. */
  submit(then: (values: T) => void): void
  reset(values?: T): void
  readonly changed: boolean
}

/** The first problem of each field, by name. Problems below a field belong to the field. */
export function problemsOf(schema: z.ZodType, values: unknown): Readonly<Record<string, string>> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return {}
  const problems: Record<string, string> = {}
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '')
    const empty = issue.code === 'too_small' && issue.minimum === 1
    problems[field] ??= empty ? uiWords.required : issue.message
  }
  return problems
}

/** A form over a schema of the contract. Errors appear when it is sent, and go while a field is corrected. */
export function useForm<T extends object>(schema: z.ZodType, initial: T): Form<T> {
  const [values, setValues] = useState(initial)
  const [start, setStart] = useState(initial)
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  return {
    values,
    field: (name) => ({
      value: values[name],
      error: problems[name] ?? null,
      onChange: (value) => {
        setValues((before) => ({ ...before, [name]: value }))
        setProblems((before) =>
          Object.fromEntries(Object.entries(before).filter(([other]) => other !== name)),
        )
      },
    }),
    submit: (then) => {
      const found = problemsOf(schema, values)
      setProblems(found)
      if (Object.keys(found).length === 0) then(values)
    },
    reset: (next = initial) => {
      setValues(next)
      setStart(next)
      setProblems({})
    },
    changed: JSON.stringify(values) !== JSON.stringify(start),
  }
}
