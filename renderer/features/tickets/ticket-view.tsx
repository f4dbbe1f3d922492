import { useState } from 'react'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { ticketWords as words } from '../../i18n/tickets.ts'
import { Tabs } from '../../ui/index.ts'
import { Composer } from './composer.tsx'
import { Files } from './files.tsx'
import { History } from './history.tsx'
import classes from './ticket.module.css'
import { TicketHeader } from './ticket-header.tsx'
import { Timeline } from './timeline.tsx'

type Tab = 'conversation' | 'files' | 'history'

/** One ticket: what it is, what was said, what was done. */
export function TicketView(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const [tab, setTab] = useState<Tab>('conversation')
  const files = ticket.attachments.length
  return (
    <article className={classes.ticket} aria-label={ticket.subject}>
      <TicketHeader ticket={ticket} />
      <Tabs
        value={tab}
        onChange={(value) => setTab((value ?? 'conversation') as Tab)}
        className={classes.tabs ?? ''}
      >
        <Tabs.List>
          <Tabs.Tab value="conversation">{words.conversation}</Tabs.Tab>
          <Tabs.Tab value="files">{files === 0 ? words.files : words.filesOf(files)}</Tabs.Tab>
          <Tabs.Tab value="history">{words.history}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="conversation" className={classes.conversation ?? ''}>
          <Timeline ticket={ticket} />
          <Composer ticket={ticket} />
        </Tabs.Panel>
        <Tabs.Panel value="files" className={classes.scroll ?? ''}>
          <Files ticket={ticket} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={classes.scroll ?? ''}>
          <History lines={ticket.history} />
        </Tabs.Panel>
      </Tabs>
    </article>
  )
}
