import { IconPaperclip } from '@tabler/icons-react'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { ticketWords as words } from '../../i18n/tickets.ts'
import { useDesk } from '../../ipc/index.ts'
import { Bytes, Button, toastError } from '../../ui/index.ts'
import classes from './timeline.module.css'

/** Files that went with a reply or a note, to be saved. */
export function AttachmentLinks(props: {
  readonly ticket: TicketDetail
  readonly attachmentIds: readonly string[]
}) {
  const { ticket, attachmentIds } = props
  const save = useSaveAttachment(ticket.ticketId)
  const shown = ticket.attachments.filter(({ attachmentId }) => attachmentIds.includes(attachmentId))
  if (shown.length === 0) return null
  return (
    <div className={classes.files}>
      {shown.map(({ attachmentId, name, sizeBytes }) => (
        <Button
          key={attachmentId}
          size="compact-sm"
          leftSection={<IconPaperclip size={13} aria-hidden />}
          aria-label={words.download(name)}
          onClick={() => void save(attachmentId)}
        >
          <bdi>{name}</bdi>&nbsp;
          <Bytes sizeBytes={sizeBytes} />
        </Button>
      ))}
    </div>
  )
}

/** Saves an attachment through the browser. It is never shown in the page: its content is not to be trusted. */
export function useSaveAttachment(ticketId: string): (attachmentId: string) => Promise<void> {
  const { call } = useDesk()
  return async (attachmentId) => {
    try {
      const { name, dataBase64 } = await call('tickets.readAttachment', { ticketId, attachmentId })
      const bytes = Uint8Array.from(atob(dataBase64), (character) => character.charCodeAt(0))
      const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
      const link = Object.assign(document.createElement('a'), { href: url, download: name })
      link.click()
      URL.revokeObjectURL(url)
    } catch (error) {
      toastError(error)
    }
  }
}
