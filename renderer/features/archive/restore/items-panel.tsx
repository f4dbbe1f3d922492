import { useState } from 'react'
import { describeRefusal } from '../../../../core/restore/refusal.ts'
import type { ItemState, RestoreItem } from '../../../../core/restore/types.ts'
import { restoreWords as words } from '../../../i18n/restore.ts'
import { useDesk, useOffsetPages } from '../../../ipc/index.ts'
import { Button, Choice, ErrorState, LoadingState, Panel, StateMark } from '../../../ui/index.ts'
import classes from './restore.module.css'
import { markOf } from './verdict-of.ts'

const problems: readonly ItemState[] = ['refused', 'unreadable']

/** Message by message what a restore did; problems first, because these are what one has to deal with. */
export function ItemsPanel(props: { readonly restoreId: string }) {
  const { restoreId } = props
  const { call } = useDesk()
  const [filter, setFilter] = useState<'problems' | 'all'>('problems')
  const states = filter === 'problems' ? problems : []
  const pages = useOffsetPages({
    key: ['restore.items', { restoreId, states }],
    read: (at) => call('restore.items', { restoreId, states: [...states], ...at }),
    rowsOf: ({ items }) => items,
  })
  return (
    <Panel
      title={words.messages}
      flush
      aside={
        <Choice
          label={words.show}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'problems', label: words.filters.problems },
            { value: 'all', label: words.filters.all },
          ]}
        />
      }
    >
      {pages.error !== null && <ErrorState error={pages.error} onRetry={pages.refetch} />}
      {pages.isLoading && <LoadingState rows={3} />}
      {!pages.isLoading && pages.rows.length === 0 && (
        <p className={classes.hint}>{filter === 'problems' ? words.noProblems : words.noMessages}</p>
      )}
      <ul>
        {pages.rows.map((item) => (
          <ItemRow key={`${item.occurrenceId} ${item.targetFolder}`} item={item} />
        ))}
      </ul>
      {pages.rows.length < pages.total && (
        <div className={classes.body}>
          <Button onClick={pages.loadMore}>{words.more(pages.total - pages.rows.length)}</Button>
        </div>
      )}
    </Panel>
  )
}

function ItemRow({ item }: { readonly item: RestoreItem }) {
  const { subject, targetFolder, state, reason, words: said } = item
  return (
    <li className={classes.row}>
      <StateMark state={markOf[state]} size={16} label={words.states[state]} />
      <div className={classes.words}>
        <bdi className={classes.name}>{subject === '' ? words.noSubject : subject}</bdi>
        {reason !== null && <span>{describeRefusal(reason)}</span>}
        {said !== null && <bdi className={classes.quiet}>{words.serverSaid(said)}</bdi>}
      </div>
      <bdi className={classes.when}>{targetFolder}</bdi>
    </li>
  )
}
