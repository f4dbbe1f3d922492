import { IconDownload, IconPaperclip } from '@tabler/icons-react'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { ticketWords as words } from '../../i18n/tickets.ts'
import { Bytes, EmptyState, IconButton } from '../../ui/index.ts'
import { useSaveAttachment } from './attachment-links.tsx'
import classes from './ticket.module.css'

/** All files that are kept with a ticket. */
export function Files(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const save = useSaveAttachment(ticket.ticketId)
  if (ticket.attachments.length === 0)
    return <EmptyState title={words.noFilesTitle}>{words.noFilesText}</EmptyState>
  return (
    <ul className={classes.lines}>
      {ticket.attachments.map(({ attachmentId, name, sizeBytes, mediaType }) => (
        <li key={attachmentId} className={classes.fileLine}>
          <IconPaperclip size={16} aria-hidden />
          <bdi className={classes.fileName}>{name}</bdi>
          <span className={classes.quiet}>{mediaType}</span>
          <span className={classes.quiet}>
            <Bytes sizeBytes={sizeBytes} />
          </span>
          <IconButton size="sm" label={words.download(name)} onClick={() => void save(attachmentId)}>
            <IconDownload size={15} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
