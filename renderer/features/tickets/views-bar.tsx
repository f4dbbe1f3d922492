import { IconX } from '@tabler/icons-react'
import type { OutputOf } from '../../../core/contract/index.ts'
import { formatCount } from '../../i18n/format.ts'
import { queueWords as words, viewWords } from '../../i18n/tickets.ts'
import { useCommand } from '../../ipc/index.ts'
import { IconButton, toastDone, toastError, UnstyledButton } from '../../ui/index.ts'
import classes from './queue.module.css'

type View = OutputOf<'tickets.views'>['views'][number]

/** All views with their counts; the active one can be removed when somebody saved it. */
export function ViewsBar(props: {
  readonly views: readonly View[]
  readonly activeId: string | null
  readonly onChoose: (viewId: string) => void
}) {
  const remove = useCommand('tickets.removeView')
  const active = props.views.find(({ viewId }) => viewId === props.activeId)
  const removeActive = (view: View): void => {
    remove.mutate(
      { viewId: view.viewId },
      {
        onSuccess: () => {
          props.onChoose('all')
          toastDone(words.viewRemoved(view.name))
        },
        onError: toastError,
      },
    )
  }
  return (
    <nav className={classes.views} aria-label={words.views}>
      {props.views.map((view) => (
        <UnstyledButton
          key={view.viewId}
          className={classes.view ?? ''}
          aria-current={view.viewId === props.activeId ? 'page' : undefined}
          onClick={() => props.onChoose(view.viewId)}
        >
          <bdi>{nameOf(view)}</bdi>
          <span className={classes.viewCount}>{formatCount(view.count)}</span>
        </UnstyledButton>
      ))}
      {active !== undefined && !active.builtIn && (
        <IconButton size="sm" label={words.removeView(active.name)} onClick={() => removeActive(active)}>
          <IconX size={14} />
        </IconButton>
      )}
    </nav>
  )
}

const nameOf = (view: View): string => (view.builtIn ? (viewWords[view.viewId] ?? view.name) : view.name)
