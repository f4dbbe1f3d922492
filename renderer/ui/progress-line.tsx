import { Progress } from '@mantine/core'

/** How far something is; without a total it does not pretend to know. */
export function ProgressLine(props: {
  readonly label: string
  readonly done: number
  readonly total: number | null
}) {
  const total = props.total ?? 0
  const known = total > 0
  const percent = known ? Math.min(100, (props.done / total) * 100) : 100
  return (
    <Progress.Root size={4} radius="xs">
      <Progress.Section
        value={percent}
        animated={!known}
        striped={!known}
        aria-label={props.label}
        color="accent"
      />
    </Progress.Root>
  )
}
