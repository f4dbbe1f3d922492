import { Input, SegmentedControl } from '@mantine/core'

/** A few alternatives, all in sight. `labelled` shows the question above them, as forms need it. */
export function Choice<T extends string>(props: {
  readonly label: string
  readonly labelled?: boolean
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}) {
  const { label, labelled = false } = props
  const control = (
    <SegmentedControl
      aria-label={label}
      value={props.value}
      data={[...props.options]}
      onChange={(value) => props.onChange(value)}
      fullWidth={labelled}
    />
  )
  if (!labelled) return control
  return (
    <Input.Wrapper label={label} labelElement="div">
      {control}
    </Input.Wrapper>
  )
}
