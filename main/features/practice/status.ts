import { caseStateOf } from '../../../core/practice/case-state.ts'
import { cases } from '../../../core/practice/cases.ts'
import type { PracticeCase } from '../../../core/practice/cases.ts'
import type { CaseSummary, PracticeStatus } from '../../../core/practice/contract.ts'
import { addressOf, company, people } from '../../../core/practice/people.ts'
import type { PracticeLink } from '../../../db/queries/practice.ts'
import type { PracticeDeps } from './index.ts'
import type { Round } from './rounds.ts'

type Links = ReadonlyMap<string, PracticeLink>

/** What the page shows: the company, its people, and how far each case is in this round. */
export async function describeStatus(deps: PracticeDeps, round: Round | null): Promise<PracticeStatus> {
  const all = await deps.db.practice.listPracticeLinks()
  const links: Links = new Map(round === null ? [] : all.map((link) => [link.localPart, link]))
  return {
    running: round !== null,
    company: { ...company },
    dnsServer: round?.company.dnsServer ?? null,
    startedAtMs: round?.startedAtMs ?? null,
    leftOver: round === null ? all.length : 0,
    people: people.map(({ name, role, localPart }) => ({
      name,
      role,
      address: addressOf(localPart),
      personId: links.get(localPart)?.personId ?? null,
      mailboxId: links.get(localPart)?.mailboxId ?? null,
      caseId: cases.find((one) => one.localPart === localPart)?.caseId ?? null,
    })),
    cases: await Promise.all(cases.map((one) => describeCase(deps, round, links, one))),
  }
}

async function describeCase(
  deps: PracticeDeps,
  round: Round | null,
  links: Links,
  practiceCase: PracticeCase,
): Promise<CaseSummary> {
  const { caseId, title, localPart, action, shownBy } = practiceCase
  const link = links.get(localPart)
  const last = link && round ? await deps.diagnoses.last(link.mailboxId, round.startedAtMs) : null
  return {
    caseId,
    title,
    personName: people.find((one) => one.localPart === localPart)?.name ?? localPart,
    address: addressOf(localPart),
    personId: link?.personId ?? null,
    mailboxId: link?.mailboxId ?? null,
    ticket: link?.ticketId ? await describeTicket(deps, link.ticketId) : null,
    state: caseStateOf(practiceCase, last),
    lastDiagnosis: last && {
      runId: last.runId,
      endedAtMs: last.endedAtMs,
      status: last.status,
      title: last.title,
    },
    needsRoundTrip: shownBy === 'round_trip',
    action,
  }
}

async function describeTicket(deps: PracticeDeps, ticketId: string) {
  const { number, status } = await deps.tickets.get(ticketId)
  return { ticketId, number, status }
}
