import { IconPaperclip } from '@tabler/icons-react'
import type { AttachmentInfo } from '../../../core/archive/types.ts'
import { readerWords as words } from '../../i18n/archive.ts'
import { useDesk } from '../../ipc/index.ts'
import { Button, Bytes, toastError } from '../../ui/index.ts'
import classes from './archive.module.css'

/** What came with a message; each can be saved. Nothing of it is opened here. */
export function Attachments(props: {
  readonly at: { readonly archiveId: string; readonly occurrenceId: number }
  readonly attachments: readonly AttachmentInfo[]
}) {
  const { call } = useDesk()
  if (props.attachments.length === 0) return null
  const save = (index: number): void => {
    call('archive.readAttachment', { ...props.at, index }).then(
      ({ filename, contentBase64 }) => download(filename, contentBase64),
      toastError,
    )
  }
  return (
    <section aria-label={words.attachments}>
      <ul className={classes.attachments}>
        {props.attachments.map(({ index, filename, sizeBytes }) => (
          <li key={index}>
            <Button
              size="compact-md"
              leftSection={<IconPaperclip size={14} aria-hidden />}
              aria-label={words.save(filename)}
              onClick={() => save(index)}
            >
              <bdi className={classes.filename}>{filename}</bdi>
              <span className={classes.size}>
                <Bytes sizeBytes={sizeBytes} />
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** As plain bytes, whatever the message claims that it is: the browser must not run it. */
function download(filename: string, contentBase64: string): void {
  const bytes = Uint8Array.from(atob(contentBase64), (letter) => letter.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = filename
  link.click()
  URL.revokeObjectURL(url)
}
