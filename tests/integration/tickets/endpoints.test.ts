import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenTicketInput } from '../../../core/tickets/contract.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await createTestDesk()
  await desk.call('settings.update', { operatorName: 'Mara', operatorEmail: 'mara@desk.example' })
})
afterEach(() => desk.dispose())

const input: OpenTicketInput = {
  subject: 'Mailbox is full',
  description: 'Everyone gets “mailbox full”.',
  requester: { name: 'ליאור כהן', email: 'Lior@Harbour.example', personId: null },
  category: 'storage',
}
const open = (more: Partial<OpenTicketInput> = {}) => desk.call('tickets.open', { ...input, ...more })

describe('tickets through the contract', () => {
  it('open with a first note and evidence, as one step by whoever works here', async () => {
    const run = { kind: 'diagnostic_run', id: 'run-1', summary: 'The mailbox is over its quota.' } as const
    const { ticketId, number } = await open({ note: 'Quota 100 %.', evidence: [run], assignee: 'me' })
    const ticket = await desk.call('tickets.get', { ticketId })
    expect({
      number: ticket.number,
      kinds: ticket.timeline.map((entry) => entry.kind),
      evidence: ticket.evidence,
      assignee: ticket.assignee,
      by: [...new Set(ticket.history.map((line) => line.actor.name))],
      undoable: ticket.undoableStepId,
    }).toEqual({
      number,
      kinds: ['request', 'internal_note', 'evidence'],
      evidence: [run],
      assignee: { name: 'Mara', email: 'mara@desk.example' },
      by: ['Mara'],
      undoable: null,
    })
  })

  it('take an undo back to the state before', async () => {
    const { ticketId } = await open()
    const before = await desk.call('tickets.get', { ticketId })
    await desk.call('tickets.edit', { ticketId, subject: 'Other', mailboxId: 'm1' })
    await desk.call('tickets.undo', { ticketId })
    const after = await desk.call('tickets.get', { ticketId })
    expect([after.subject, after.mailboxId, after.history.length]).toEqual([
      before.subject,
      before.mailboxId,
      4,
    ])
  })

  it('refuse to undo a step that is no longer the last', async () => {
    const { ticketId } = await open()
    const { stepIds } = await desk.call('tickets.bulk', {
      ticketIds: [ticketId],
      action: { kind: 'status', status: 'pending' },
    })
    await desk.call('tickets.setPriority', { ticketId, priority: 'high' })
    const late = await desk.call('tickets.bulk', { ticketIds: [ticketId], action: { kind: 'undo', stepIds } })
    const { status, priority } = await desk.call('tickets.get', { ticketId })
    expect([late.unchanged, status, priority]).toEqual([
      [{ ticketId, reason: 'changed_since' }],
      'pending',
      'high',
    ])
  })

  it('refuse an undo when nothing can be taken back', async () => {
    const { ticketId } = await open()
    await expect(desk.call('tickets.undo', { ticketId })).rejects.toMatchObject({ code: 'record.conflict' })
  })

  it('give attachments back byte for byte', async () => {
    const { ticketId } = await open()
    const dataBase64 = Buffer.from([0, 255, 10, 13, 1]).toString('base64')
    const { attachmentId } = await desk.call('tickets.attach', {
      ticketId,
      name: 'bild.png',
      mediaType: 'image/png',
      dataBase64,
    })
    expect(await desk.call('tickets.readAttachment', { ticketId, attachmentId })).toEqual({
      name: 'bild.png',
      mediaType: 'image/png',
      dataBase64,
    })
  })

  it('refuse an attachment above the limit', async () => {
    const { ticketId } = await open()
    const dataBase64 = Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64')
    await expect(
      desk.call('tickets.attach', { ticketId, name: 'a.bin', mediaType: 'x/y', dataBase64 }),
    ).rejects.toMatchObject({ code: 'file.too_large' })
  })

  it('say what bulk changed and what it left alone', async () => {
    const [a, b] = [await open(), await open()]
    await desk.call('tickets.setStatus', { ticketId: b.ticketId, status: 'solved' })
    const unknown = '01890000-0000-7000-8000-00000000ffff'
    const result = await desk.call('tickets.bulk', {
      ticketIds: [a.ticketId, b.ticketId, unknown],
      action: { kind: 'status', status: 'solved' },
    })
    expect({ ...result, stepIds: result.stepIds.length }).toEqual({
      changed: 1,
      stepIds: 1,
      unchanged: [
        { ticketId: b.ticketId, reason: 'already' },
        { ticketId: unknown, reason: 'not_found' },
      ],
    })
  })

  it('keep saved views beside the built-in ones, with counts', async () => {
    await open({ priority: 'urgent' })
    const { viewId } = await desk.call('tickets.saveView', {
      name: 'Urgent',
      filter: { priorities: ['urgent'] },
    })
    const { views } = await desk.call('tickets.views', {})
    await desk.call('tickets.removeView', { viewId })
    const left = (await desk.call('tickets.views', {})).views.length
    expect([views.map((view) => [view.name, view.count]), left]).toEqual([
      [
        ['My open', 0],
        ['Unassigned', 1],
        ['Breaching', 1],
        ['Pending', 0],
        ['Solved', 0],
        ['All', 1],
        ['Urgent', 1],
      ],
      6,
    ])
  })

  it('queue a reply with the status that goes with it', async () => {
    const { ticketId } = await open()
    await desk.call('tickets.reply', { ticketId, body: 'Please try now.', thenStatus: 'pending' })
    const ticket = await desk.call('tickets.get', { ticketId })
    const counts = await desk.call('tickets.counts', {})
    expect([ticket.status, ticket.replyState, counts.repliesQueued, counts.pending]).toEqual([
      'pending',
      'queued',
      1,
      1,
    ])
  })

  it('are found by what was said in them', async () => {
    await open()
    await open({ subject: 'Cannot print' })
    const { tickets, total } = await desk.call('tickets.list', { text: 'כהן prin' })
    expect([tickets.map((ticket) => ticket.subject), total]).toEqual([['Cannot print'], 1])
  })

  it('are the same after a rebuild', async () => {
    await open()
    await open({ subject: 'Cannot print' })
    const before = await desk.call('tickets.list', {})
    const { runId } = await desk.call('tickets.rebuild', {})
    const job = await desk.finished(runId)
    expect([job.state, await desk.call('tickets.list', {})]).toEqual(['done', before])
  })

  it('are invented in the number that was asked for', async () => {
    const first = await desk.call('tickets.seed', { count: 50, seed: 3 })
    const job = await desk.finished(first.runId)
    const { total } = await desk.call('tickets.list', {})
    expect([job.outcome, total]).toEqual(['Invented 50 tickets.', 50])
  })
})
