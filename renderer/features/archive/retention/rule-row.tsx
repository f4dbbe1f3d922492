import type { RetentionRule } from '../../../../core/archive/retention.ts'
import { describeRule, retentionWords as words } from '../../../i18n/retention.ts'
import { useCommand } from '../../../ipc/index.ts'
import { Button, Group, Menu, toastDone, toastError } from '../../../ui/index.ts'
import classes from '../archive.module.css'

/** One rule: what it removes, and what can be done with it. */
export function RuleRow(props: {
  readonly rule: RetentionRule
  readonly onSimulate: () => void
  readonly onChange: () => void
}) {
  const { rule } = props
  const { archiveId, ruleId } = rule
  const remove = useCommand('archive.removeRule')
  const save = useCommand('archive.saveRule')
  const removeNow = () =>
    remove.mutate(
      { archiveId, ruleId },
      {
        onSuccess: () => toastDone(words.ruleRemoved, () => save.mutate(rule, { onError: toastError })),
        onError: toastError,
      },
    )
  return (
    <li className={classes.keptRow}>
      <div>
        <strong>
          <bdi>{rule.name}</bdi>
        </strong>
        <p>
          <bdi>{describeRule(rule)}</bdi>
        </p>
        <p className={classes.quiet}>{rule.bySchedule ? words.bySchedule : words.onlyByHand}</p>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button size="compact-sm" onClick={props.onSimulate}>
          {words.simulate}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="compact-sm" aria-label={words.actionsOf(rule.name)}>
              ⋯
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={props.onChange}>{words.change}</Menu.Item>
            <Menu.Item onClick={removeNow}>{words.remove}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </li>
  )
}
