import { cases } from '../../../core/practice/cases.ts'
import type { PracticeLink } from '../../../db/queries/practice.ts'
import type { PracticeDeps } from './index.ts'
import { keepPerson } from './people.ts'
import type { PersonIds } from './people.ts'
import type { CompanyUser, RunningCompany } from './ports.ts'

const helpdesk = 'helpdesk'
/** Tickets of the practice company carry this tag, so that reports can leave them out. */
const practiceTag = 'practice'

/**
 * Puts everybody into People with the ports of this start, and opens a ticket for each case that has none open.
 * The helpdesk's mailbox becomes the desk's own when none is chosen, so that replies arrive.
 */
export async function moveIn(deps: PracticeDeps, company: RunningCompany): Promise<void> {
  const known = new Map((await deps.db.practice.listPracticeLinks()).map((link) => [link.localPart, link]))
  for (const user of company.users) {
    const before = known.get(user.localPart) ?? null
    const network = { dnsServers: [company.dnsServer], trustedCaPem: company.caPem }
    const ids = await keepPerson(deps.accounts, user, network, before)
    const ticketId = await openTicketFor(deps, user, before, ids)
    await deps.db.practice.putPracticeLink({ localPart: user.localPart, ...ids, ticketId })
    if (user.localPart === helpdesk) await lendHelpdesk(deps, ids.mailboxId)
  }
}

/** Removes everybody from People and closes their tickets that nobody has solved. */
export async function clearOut(deps: PracticeDeps): Promise<void> {
  const links = await deps.db.practice.listPracticeLinks()
  const { helpdeskMailboxId } = await deps.settings.get()
  if (links.some((link) => link.mailboxId === helpdeskMailboxId)) {
    await deps.settings.update({ helpdeskMailboxId: null })
  }
  for (const { ticketId } of links) {
    if (ticketId !== null && (await isOpen(deps, ticketId))) {
      const body = 'The practice company was closed before this was solved.'
      const closing = { type: 'status_changed', status: 'closed' } as const
      await deps.tickets.change(ticketId, [{ type: 'noted', body, attachmentIds: [] }, closing])
    }
  }
  await deps.accounts.removeByOrigin('practice')
  await deps.db.practice.clearPracticeLinks()
}

async function openTicketFor(
  deps: PracticeDeps,
  user: CompanyUser,
  before: PracticeLink | null,
  { personId, mailboxId }: PersonIds,
): Promise<string | null> {
  const practiceCase = cases.find((one) => one.caseId === user.problem)
  if (practiceCase === undefined) return null
  const requester = { name: user.name, email: user.address, personId }
  const openBefore = before?.ticketId ?? null
  if (openBefore !== null && (await isOpen(deps, openBefore))) {
    await deps.tickets.change(openBefore, [{ type: 'edited', requester, mailboxId }])
    return openBefore
  }
  const { ticketId } = await deps.tickets.open({ ...practiceCase.ticket, requester, mailboxId })
  await deps.tickets.change(ticketId, [{ type: 'tagged', added: [practiceTag], removed: [] }])
  return ticketId
}

async function isOpen(deps: PracticeDeps, ticketId: string): Promise<boolean> {
  const { status } = await deps.tickets.get(ticketId)
  return status === 'open' || status === 'pending'
}

async function lendHelpdesk(deps: PracticeDeps, mailboxId: string): Promise<void> {
  const { helpdeskMailboxId } = await deps.settings.get()
  if (helpdeskMailboxId === null) await deps.settings.update({ helpdeskMailboxId: mailboxId })
}
