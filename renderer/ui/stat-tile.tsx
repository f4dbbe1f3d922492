import { ActionIcon, Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { uiWords } from '../i18n/ui.ts'
import classes from './stat-tile.module.css'
import { StateMark } from './state-mark.tsx'
import { lookOf, type Verdict } from './verdict.ts'

/** One large number against its target. Null: not measured, said in words. The rule opens with a click. */
export function StatTile(props: {
  readonly label: string
  readonly value: ReactNode
  readonly unit?: string
  readonly target?: string
  readonly verdict?: Verdict
  readonly rule?: string
}) {
  const measured = props.value !== null && props.value !== undefined
  return (
    <div className={classes.tile}>
      <div className={classes.label}>
        {props.verdict !== undefined && (
          <StateMark state={props.verdict} size={14} label={lookOf(props.verdict).word} />
        )}
        <span className={classes.name}>{props.label}</span>
        {props.rule !== undefined && (
          <Popover width={280} position="bottom-end">
            <Popover.Target>
              <ActionIcon size="xs" aria-label={uiWords.ruleOf(props.label)} title={props.rule}>
                <IconInfoCircle size={14} stroke={1.6} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown fz="sm">{props.rule}</Popover.Dropdown>
          </Popover>
        )}
      </div>
      <div className={measured ? classes.value : classes.missing}>
        {measured ? props.value : uiWords.notMeasured}
        {measured && props.unit !== undefined && <span className={classes.unit}>{props.unit}</span>}
      </div>
      {props.target !== undefined && <div className={classes.target}>{uiWords.target(props.target)}</div>}
    </div>
  )
}
