import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Button, KeyCaps, Menu } from '../../ui/index.ts'
import type { Option } from './choices.ts'
import classes from './queue.module.css'

interface FieldMenuProps<T extends string> {
  /** What is chosen here: "Status". */
  readonly label: string
  /** What is chosen now; null at the bulk bar, where there is no one value. */
  readonly value: T | null
  readonly shown: ReactNode
  readonly options: readonly Option<T>[]
  /** The key that opens it, as a hint in the menu. */
  readonly keys: string
  readonly opened: boolean
  readonly onOpenChange: (opened: boolean) => void
  readonly onPick: (value: T) => void
}

/** A value as a button that opens its alternatives; driven by mouse, by its key and by the arrow keys. */
export function FieldMenu<T extends string>(props: FieldMenuProps<T>) {
  return (
    <Menu opened={props.opened} onChange={props.onOpenChange} position="bottom-start" width={220}>
      <Menu.Target>
        <Button
          size="compact-sm"
          aria-label={`${props.label}: ${props.options.find(({ value }) => value === props.value)?.label ?? '–'}`}
          rightSection={<IconChevronDown size={12} aria-hidden />}
        >
          {props.shown}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={classes.menuLabel}>
            {props.label} <KeyCaps keys={props.keys} />
          </span>
        </Menu.Label>
        {props.options.map(({ value, label }) => (
          <Menu.Item key={value} onClick={() => props.onPick(value)} aria-current={value === props.value}>
            <bdi className={value === props.value ? classes.current : undefined}>{label}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
