import { NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import type { FieldProps } from './use-form.ts'

interface Common {
  readonly label: string
  /** Says in plain words what it is for; always visible. */
  readonly hint?: string
  readonly required?: boolean
  readonly disabled?: boolean
}

function shared(props: Common & { readonly error: string | null }) {
  return {
    label: props.label,
    error: props.error,
    withAsterisk: props.required ?? false,
    disabled: props.disabled ?? false,
    ...(props.hint !== undefined && { description: props.hint }),
  }
}

/** One line of text. `kind` chooses the keyboard and the browser's help. */
export function TextField(
  props: Common &
    FieldProps<string> & {
      readonly placeholder?: string
      readonly kind?: 'text' | 'email' | 'search'
      readonly autoFocus?: boolean
    },
) {
  return (
    <TextInput
      {...shared(props)}
      type={props.kind ?? 'text'}
      value={props.value}
      autoComplete="off"
      spellCheck={false}
      data-autofocus={props.autoFocus}
      {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}

/** A secret: hidden, never completed by the browser. */
export function SecretField(props: Common & FieldProps<string>) {
  return (
    <PasswordInput
      {...shared(props)}
      value={props.value}
      autoComplete="new-password"
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}

/** Several lines of text. */
export function TextAreaField(props: Common & FieldProps<string> & { readonly placeholder?: string }) {
  return (
    <Textarea
      {...shared(props)}
      value={props.value}
      {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}

/** A whole number. */
export function NumberField(
  props: Common & FieldProps<number> & { readonly min?: number; readonly max?: number },
) {
  return (
    <NumberInput
      {...shared(props)}
      value={props.value}
      allowDecimal={false}
      hideControls
      {...(props.min !== undefined && { min: props.min })}
      {...(props.max !== undefined && { max: props.max })}
      onChange={(value) => props.onChange(Number(value))}
    />
  )
}

/** One of several. */
export function SelectField<T extends string>(
  props: Common &
    FieldProps<T | null> & {
      readonly options: readonly { readonly value: T; readonly label: string }[]
      readonly placeholder?: string
      readonly searchable?: boolean
      /** What the user types, where the options are found elsewhere. */
      readonly onSearch?: (text: string) => void
      readonly clearable?: boolean
      /** It stands in a popover, which would take a choice for a click beside it. */
      readonly inPopover?: boolean
    },
) {
  return (
    <Select
      {...shared(props)}
      value={props.value}
      data={[...props.options]}
      searchable={props.searchable ?? false}
      clearable={props.clearable ?? false}
      {...(props.inPopover === true && { comboboxProps: { withinPortal: false } })}
      {...(props.onSearch !== undefined && { onSearchChange: props.onSearch })}
      {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
      onChange={(value) => props.onChange(value)}
    />
  )
}

/** On or off, at once. */
export function SwitchField(props: Common & FieldProps<boolean>) {
  return (
    <Switch
      label={props.label}
      checked={props.value}
      disabled={props.disabled ?? false}
      {...(props.hint !== undefined && { description: props.hint })}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  )
}
