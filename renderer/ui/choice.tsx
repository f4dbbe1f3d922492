import { SegmentedControl } from '@mantine/core'

/** A few alternatives, all in sight. */
export function Choice<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}) {
  return (
    <SegmentedControl
      aria-label={props.label}
      value={props.value}
      data={[...props.options]}
      onChange={(value) => props.onChange(value)}
    />
  )
}
