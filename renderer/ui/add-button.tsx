import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import { KeyCaps } from './shortcuts-help.tsx'

/** The first act of a list's screen, with its key: a new one of what is listed. The screen answers the key itself. */
export function AddButton(props: { readonly label: string; readonly to: string; readonly keys: string }) {
  return (
    <Button
      variant="filled"
      component={Link}
      to={props.to}
      leftSection={<IconPlus size={14} aria-hidden />}
      rightSection={<KeyCaps keys={props.keys} />}
    >
      {props.label}
    </Button>
  )
}
