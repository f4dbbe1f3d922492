import { IconHelp } from '@tabler/icons-react'
import { findWords as words, operatorHelp } from '../../i18n/archive-find.ts'
import { IconButton, Popover } from '../../ui/index.ts'
import classes from './search-results.module.css'

/** What can be asked, by examples, beside the search field. */
export function SearchHelp() {
  return (
    <Popover position="bottom-end" width={520} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <IconButton label={words.help} variant="subtle">
          <IconHelp size={18} aria-hidden />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.help}>
        <dl className={classes.help}>
          {operatorHelp.map(([example, meaning]) => (
            <div key={example} style={{ display: 'contents' }}>
              <dt>{example}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}
