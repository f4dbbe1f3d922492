import type { CatalogueEntry, FindingArea, Say } from './findings/entry.ts'
import { conclusionFindings } from './findings/conclusion.ts'
import { domainFindings } from './findings/domain.ts'
import { greetingFindings } from './findings/greeting.ts'
import { mailboxFindings } from './findings/mailbox.ts'
import { networkFindings } from './findings/network.ts'
import { reachFindings } from './findings/reach.ts'
import { roundTripFindings } from './findings/roundtrip.ts'
import { sendingFindings } from './findings/sending.ts'
import { signInFindings } from './findings/sign-in.ts'
import { submissionFindings } from './findings/submission.ts'
import { tlsFindings } from './findings/tls.ts'
import type { Actor, Facts, Finding } from './types.ts'

/**
 * Everything that the desk can conclude. The order is the order of causes: what stands earlier explains what
 * stands later, so the first finding that applies is the one to act upon.
 */
export const catalogue = {
  ...networkFindings,
  ...reachFindings,
  ...tlsFindings,
  ...greetingFindings,
  ...signInFindings,
  ...mailboxFindings,
  ...submissionFindings,
  ...sendingFindings,
  ...domainFindings,
  ...roundTripFindings,
  ...conclusionFindings,
} as const satisfies Record<string, CatalogueEntry>

export type FindingCode = keyof typeof catalogue

/** All codes, causes before consequences. */
export const findingCodes = Object.keys(catalogue) as readonly FindingCode[]

const rankByCode: ReadonlyMap<string, number> = new Map(findingCodes.map((code, rank) => [code, rank]))

/** Narrows a stored code; false for one that only a newer program knows. */
export function isFindingCode(code: string): code is FindingCode {
  return rankByCode.has(code)
}

/** Place in the order of causes, from 0. */
export function rankOf(code: FindingCode): number {
  return rankByCode.get(code) ?? findingCodes.length
}

/** Who must act on a finding; null when nobody has to. */
export function actorOf(code: FindingCode): Actor | null {
  return entryOf(code).actor
}

/** What kind of problem it is; the command line's exit code follows from it. */
export function areaOf(code: FindingCode): FindingArea {
  return entryOf(code).area
}

/** The next step alone, for one probe's line. */
export function nextStepOf(code: FindingCode, facts: Facts): string {
  return entryOf(code).nextStep(sayer(facts))
}

/** A finding's sentences, made from its code and what was observed. */
export function describe(
  code: FindingCode,
  status: Finding['status'],
  facts: Facts,
  resultIds: readonly string[],
): Finding {
  const entry = entryOf(code)
  const say = sayer(facts)
  const { actor, confidence } = entry
  const sentences = { title: entry.title(say), detail: entry.detail(say), nextStep: entry.nextStep(say) }
  return { code, status, actor, confidence, ...sentences, facts, resultIds: [...resultIds] }
}

function entryOf(code: FindingCode): CatalogueEntry {
  return catalogue[code]
}

function sayer(facts: Facts): Say {
  return (name, otherwise) => {
    const fact = facts[name]
    if (fact === undefined || fact === null || fact === '') return otherwise
    if (Array.isArray(fact)) return fact.length === 0 ? otherwise : fact.join(', ')
    return String(fact)
  }
}
