import { useRef, useState } from 'react'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import type { TicketStatus } from '../../../core/tickets/types.ts'
import { maxAttachmentBytes } from '../../../core/tickets/types.ts'
import { composerWords as words } from '../../i18n/tickets.ts'
import { useCommand, useDesk } from '../../ipc/index.ts'
import { toastDone, toastError } from '../../ui/index.ts'
import { useDrafts, type Draft } from './drafts.ts'
import { readBase64 } from './read-base64.ts'
import { AppError } from '../../../core/errors.ts'

type SetIds = (next: (ids: readonly string[]) => readonly string[]) => void

/** What the composer does with the draft: attach, detach, send. A draft is dropped only when it was taken. */
export function useComposer(ticket: TicketDetail, draft: Draft) {
  const { ticketId, requester } = ticket
  const change = useDrafts((drafts) => drafts.change)
  const reply = useCommand('tickets.reply')
  const note = useCommand('tickets.note')
  const undo = useCommand('tickets.undo')
  const isReply = draft.mode === 'reply'
  const body = (isReply ? draft.reply : draft.note).trim()
  const attachmentIds = isReply ? draft.replyAttachmentIds : draft.noteAttachmentIds
  const sending = reply.isPending || note.isPending
  const canSend = body !== '' && !sending && (!isReply || requester.email.includes('@'))
  const setIds: SetIds = (next) =>
    change(ticketId, (before) =>
      isReply
        ? { replyAttachmentIds: next(before.replyAttachmentIds) }
        : { noteAttachmentIds: next(before.noteAttachmentIds) },
    )
  const input = { ticketId, body, attachmentIds: [...attachmentIds] }
  const takeBack = (stepId: string): void => undo.mutate({ ticketId, stepId }, { onError: toastError })
  const sendReply = (thenStatus?: TicketStatus): void => {
    const onSuccess = ({ eventId }: { readonly eventId: string }): void => {
      change(ticketId, () => ({ reply: '', replyAttachmentIds: [] }))
      toastDone(words.replyQueued, () => takeBack(eventId))
    }
    reply.mutate(
      { ...input, ...(thenStatus !== undefined && { thenStatus }) },
      { onSuccess, onError: toastError },
    )
  }
  const addNote = (): void => {
    const onSuccess = ({ eventId }: { readonly eventId: string }): void => {
      change(ticketId, () => ({ note: '', noteAttachmentIds: [] }))
      toastDone(words.noteAdded, () => takeBack(eventId))
    }
    note.mutate(input, { onSuccess, onError: toastError })
  }
  return {
    send: (thenStatus?: TicketStatus): void => {
      if (!canSend) return
      if (isReply) sendReply(thenStatus)
      else addNote()
    },
    detach: (attachmentId: string) => setIds((ids) => ids.filter((id) => id !== attachmentId)),
    attachmentIds,
    sending,
    canSend,
    ...useAttach(ticketId, setIds),
  }
}

/** Keeps chosen files with the ticket at once, so that a draft holds ids and never bytes. */
function useAttach(ticketId: string, setIds: SetIds) {
  const { call } = useDesk()
  const [attaching, setAttaching] = useState(false)
  const resetFiles = useRef<() => void>(null)
  const attachOne = async (file: File): Promise<void> => {
    if (file.size > maxAttachmentBytes)
      throw new AppError('file.too_large', { details: { file: file.name, limitBytes: maxAttachmentBytes } })
    const dataBase64 = await readBase64(file)
    const mediaType = file.type || 'application/octet-stream'
    const { attachmentId } = await call('tickets.attach', {
      ticketId,
      name: file.name,
      mediaType,
      dataBase64,
    })
    setIds((ids) => [...ids, attachmentId])
  }
  const attach = async (files: readonly File[]): Promise<void> => {
    setAttaching(true)
    try {
      for (const file of files) await attachOne(file)
    } catch (error) {
      toastError(error)
    } finally {
      setAttaching(false)
      resetFiles.current?.()
    }
  }
  return { attach, attaching, resetFiles }
}
