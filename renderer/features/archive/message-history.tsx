import { describeEvent, pullWords as words } from '../../i18n/archive-pull.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { QueryView, RelativeTime } from '../../ui/index.ts'
import shared from './archive.module.css'
import classes from './message-history.module.css'

/** What happened to a message on its servers, oldest first. */
export function MessageHistory(props: { readonly archiveId: string; readonly occurrenceId: number }) {
  const history = useQueryOf('archive.history', props)
  return (
    <section className={classes.history} aria-label={words.history}>
      <h3 className={shared.failuresTitle} title={words.historyHint}>
        {words.history}
      </h3>
      <QueryView query={history} rows={2}>
        {({ events }) => (
          <ol>
            {events.map((event, n) => (
              <li key={n}>
                <bdi>{describeEvent(event)}</bdi> <RelativeTime atMs={event.atMs} />
              </li>
            ))}
          </ol>
        )}
      </QueryView>
    </section>
  )
}
