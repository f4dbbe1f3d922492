import { v4 as uuid } from 'uuid'
import { AppError } from '../../../core/errors.ts'
import type { ticketsContract } from '../../../core/tickets/contract.ts'
import { builtInViews } from '../../../core/tickets/views.ts'
import type { Publish } from '../../../core/contract/index.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Me } from './authorship.ts'
import { changeMany } from './bulk.ts'
import { rebuildAll } from './rebuild.ts'
import { seedTickets } from './seed/index.ts'
import { requireAttachments, resolveAssignee } from './service.ts'
import type { TicketService } from './service.ts'

export interface HandlerDeps {
  readonly db: DbClient
  readonly service: TicketService
  /** Tells the outbox that there is something to send. */
  readonly kick: () => void
  readonly jobs: Jobs
  readonly me: () => Promise<Me>
  readonly publish: Publish
  readonly changed: (ticketIds: string[]) => void
}

type Handlers = HandlersOf<typeof ticketsContract>

/** The table of contents of what can be asked of tickets. */
export function createTicketHandlers(deps: HandlerDeps): Handlers {
  return { ...reading(deps), ...changing(deps), ...answering(deps), ...keeping(deps) }
}

type Reading = Pick<Handlers, 'list' | 'get' | 'counts' | 'views' | 'assignees' | 'readAttachment'>

function reading({ db, service, me }: HandlerDeps): Reading {
  const context = async () => {
    const { key, by } = await me()
    return { meKey: key, nowMs: by.nowMs }
  }
  return {
    list: async (input) => db.tickets.listTickets({ ...input, ...(await context()) }),
    get: ({ ticketId }) => service.get(ticketId),
    counts: async () => db.tickets.countTickets(await context()),
    views: async () => {
      const views = [...builtInViews, ...(await db.tickets.listTicketViews())]
      const filters = views.map((view) => view.filter)
      const counts = await db.tickets.countTicketViews(filters, await context())
      return { views: views.map((view, index) => ({ ...view, count: counts[index] ?? 0 })) }
    },
    assignees: async () => ({ me: (await me()).assignee, assignees: await db.tickets.listAssignees() }),
    readAttachment: async ({ ticketId, attachmentId }) => {
      const { attachments } = await service.get(ticketId)
      const known = attachments.find((attachment) => attachment.attachmentId === attachmentId)
      const bytes = await db.tickets.getTicketAttachment(ticketId, attachmentId)
      if (known === undefined || bytes === null)
        throw new AppError('record.not_found', { details: { what: 'attachment', id: attachmentId } })
      const { name, mediaType } = known
      return { name, mediaType, dataBase64: Buffer.from(bytes).toString('base64') }
    },
  }
}

type Changing = Omit<Handlers, keyof Reading | keyof Answering | keyof Keeping>

function changing(deps: HandlerDeps): Changing {
  const { service, me } = deps
  const done = async (work: Promise<unknown>) => {
    await work
    return {}
  }
  return {
    open: (input) => service.open(input),
    edit: async ({ ticketId, ...fields }) => {
      const [stepId = null] = await service.change(ticketId, [{ type: 'edited', ...defined(fields) }])
      return { stepId }
    },
    assign: async ({ ticketId, assignee }) =>
      done(service.change(ticketId, [{ type: 'assigned', assignee: resolveAssignee(assignee, await me()) }])),
    setStatus: ({ ticketId, status }) => done(service.change(ticketId, [{ type: 'status_changed', status }])),
    setPriority: ({ ticketId, priority }) =>
      done(service.change(ticketId, [{ type: 'priority_changed', priority }])),
    setCategory: ({ ticketId, category }) =>
      done(service.change(ticketId, [{ type: 'category_changed', category }])),
    tag: ({ ticketId, add, remove }) =>
      done(service.change(ticketId, [{ type: 'tagged', added: add, removed: remove }])),
    note: async ({ ticketId, body, attachmentIds }) => {
      requireAttachments((await service.get(ticketId)).attachments, attachmentIds)
      const [eventId = ''] = await service.change(ticketId, [{ type: 'noted', body, attachmentIds }])
      return { eventId }
    },
    attach: async (input) => ({ attachmentId: await service.attach(input) }),
    linkEvidence: ({ ticketId, evidence }) => done(service.linkEvidence(ticketId, evidence)),
    undo: async ({ ticketId, stepId }) => {
      const outcome = await service.undo(ticketId, stepId)
      if (outcome !== 'undone')
        throw new AppError('record.conflict', { details: { what: 'undo', why: whyNot[outcome] } })
      return {}
    },
    bulk: ({ ticketIds, action }) => changeMany(deps, ticketIds, action),
  }
}

const whyNot = {
  nothing_to_undo: 'There is nothing that can be taken back.',
  changed_since: 'The ticket was changed since. Take the later step back first.',
} as const

type Answering = Pick<Handlers, 'reply' | 'retryReply'>

function answering({ db, service, kick, me, changed }: HandlerDeps): Answering {
  return {
    reply: async (input) => {
      const eventId = await service.reply(input)
      kick()
      return { eventId }
    },
    retryReply: async ({ ticketId, replyEventId }) => {
      const outcome = await db.tickets.requeueReply(ticketId, replyEventId, (await me()).by)
      if (outcome === 'not_found')
        throw new AppError('record.not_found', { details: { what: 'reply', id: replyEventId } })
      if (outcome === 'already')
        throw new AppError('record.conflict', {
          details: { what: 'reply', why: 'It is queued or has left already.' },
        })
      changed([ticketId])
      kick()
      return {}
    },
  }
}

type Keeping = Pick<Handlers, 'saveView' | 'removeView' | 'rebuild' | 'seed'>

function keeping(deps: HandlerDeps): Keeping {
  const { db, me, publish } = deps
  return {
    saveView: async ({ viewId = uuid(), ...view }) => {
      await db.tickets.putTicketView({ viewId, ...view }, (await me()).by.nowMs)
      publish('tickets.viewsChanged', {})
      return { viewId }
    },
    removeView: async ({ viewId }) => {
      if (!(await db.tickets.removeTicketView(viewId)))
        throw new AppError('record.not_found', { details: { what: 'view', id: viewId } })
      publish('tickets.viewsChanged', {})
      return {}
    },
    rebuild: () => rebuildAll(deps),
    seed: (input) => seedTickets(deps, input),
  }
}

/** Leaves out what was not given: an edit that names a field changes it, also to nothing. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
