import { IconX } from '@tabler/icons-react'
import { queueWords as words } from '../../i18n/tickets.ts'
import { Button, IconButton } from '../../ui/index.ts'
import { FieldMenus } from './field-menus.tsx'
import { useQueue } from './queue-store.ts'
import classes from './queue.module.css'

/** What can be done to the selected tickets. */
export function BulkBar(props: { readonly onSelectLoaded: () => void }) {
  const selectedIds = useQueue((queue) => queue.selectedIds)
  const select = useQueue((queue) => queue.select)
  return (
    <div className={classes.bulk} role="toolbar" aria-label={words.selected(selectedIds.size)}>
      <div className={classes.bulkLine}>
        <strong>{words.selected(selectedIds.size)}</strong>
        <Button size="compact-sm" variant="subtle" onClick={props.onSelectLoaded}>
          {words.selectLoaded}
        </Button>
        <IconButton size="sm" label={words.clearSelection} onClick={() => select(new Set())}>
          <IconX size={14} />
        </IconButton>
      </div>
      <div className={classes.bulkLine}>
        <FieldMenus ticketIds={[...selectedIds]} ticket={null} live />
      </div>
    </div>
  )
}
