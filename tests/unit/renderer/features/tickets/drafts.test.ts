import { describe, expect, it } from 'vitest'
import { createDrafts } from '../../../../../renderer/features/tickets/drafts.ts'

function aPage() {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const open = () => createDrafts(() => storage)
  return { open, ...open().getState() }
}

describe('drafts', () => {
  it('keep the reply and the note of a ticket apart, and are there when the page is opened again', () => {
    const { change, open } = aPage()
    change('t1', () => ({ reply: 'Dear Bo' }))
    change('t1', () => ({ mode: 'note', note: 'He is upset' }))
    expect(open().getState().byTicket).toEqual({
      t1: {
        mode: 'note',
        reply: 'Dear Bo',
        note: 'He is upset',
        replyAttachmentIds: [],
        noteAttachmentIds: [],
      },
    })
  })

  it('are dropped when nothing is left in them', () => {
    const { change, open } = aPage()
    change('t1', () => ({ reply: 'Dear Bo' }))
    change('t1', () => ({ reply: '' }))
    expect(open().getState().byTicket).toEqual({})
  })

  it('of forms go by what they were begun from', () => {
    const { keepForm, dropForm, open } = aPage()
    keepForm('new.run-1.', { subject: 'a' })
    keepForm('new..', { subject: 'b' })
    dropForm('new..')
    expect(open().getState().forms).toEqual({ 'new.run-1.': { subject: 'a' } })
  })
})
