import { IconBuildingLighthouse } from '@tabler/icons-react'
import { practiceWords as words } from '../../i18n/practice.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, EmptyState, ErrorState } from '../../ui/index.ts'
import classes from './practice.module.css'

/** What practice is, and the way in; what an earlier session left, and how to be rid of it. */
export function ClosedCompany(props: { readonly leftOver: number }) {
  const start = useCommand('practice.start')
  const stop = useCommand('practice.stop')
  const error = start.error ?? stop.error
  return (
    <>
      <EmptyState
        title={words.stoppedTitle}
        icon={<IconBuildingLighthouse size={40} stroke={1.2} />}
        action={
          <Button variant="filled" loading={start.isPending} onClick={() => start.mutate({})}>
            {words.start}
          </Button>
        }
      >
        {words.stoppedText}
      </EmptyState>
      <div className={classes.status} role="status">
        {start.isPending && words.starting}
      </div>
      {error !== null && <ErrorState error={error} inline />}
      {props.leftOver > 0 && !start.isPending && (
        <div className={classes.leftOver}>
          <p>{words.leftOver(props.leftOver)}</p>
          <Button loading={stop.isPending} onClick={() => stop.mutate({})}>
            {words.removeLeftOver}
          </Button>
        </div>
      )}
    </>
  )
}
