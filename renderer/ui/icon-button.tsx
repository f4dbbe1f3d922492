import { ActionIcon, Tooltip, type ActionIconProps } from '@mantine/core'
import type { ReactNode, Ref } from 'react'

/** A button that shows only an icon. `label` is its name for everyone: tooltip and screen reader. */
export function IconButton(
  props: ActionIconProps & {
    readonly label: string
    readonly children: ReactNode
    readonly onClick?: () => void
    readonly pressed?: boolean
    readonly ref?: Ref<HTMLButtonElement>
  },
) {
  const { label, pressed, ...rest } = props
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} {...(pressed !== undefined && { 'aria-pressed': pressed })} {...rest} />
    </Tooltip>
  )
}
