import { cases } from '../../core/practice/cases.ts'
import type { PracticeCase } from '../../core/practice/cases.ts'
import { addressOf, company } from '../../core/practice/people.ts'
import type { LocalPart } from '../../core/practice/people.ts'
import { createAccounts } from './accounts.ts'
import type { CompanyAccount } from './accounts.ts'
import { performAction } from './actions.ts'
import { hosts } from './hosts.ts'
import { startServers } from './servers.ts'
import { settingsOf } from './settings.ts'
import type { ProgramSettings } from './settings.ts'

/** A user of the company, as their mail program is set up: with the problem that they have, if any. */
export interface PracticeUser extends ProgramSettings {
  readonly localPart: LocalPart
  readonly name: string
  readonly role: string
  readonly address: string
  readonly username: string
  /** The password that the program has. It is invented and opens nothing but this company. */
  readonly password: string
  /** Id of the case, or null for a user who has no problem. */
  readonly problem: string | null
}

/** The practice company while it runs: one process, loopback only. */
export interface PracticeCompany extends AsyncDisposable {
  readonly name: string
  readonly domain: string
  /** `address:port` of its name server. */
  readonly dnsServer: string
  /** The authority that signed its certificates. */
  readonly caPem: string
  readonly users: readonly PracticeUser[]
  /** What the user says on the phone. */
  phone(practiceCase: PracticeCase): string
  /** Really changes the servers, and says what was done. */
  act(practiceCase: PracticeCase): Promise<string>
}

/** What can be chosen at the start. */
export interface PracticeOptions {
  /** The same seed gives the same mail and passwords. */
  readonly seed?: number
  readonly nowMs?: number
}

/** Starts the company's servers on free ports of loopback and fills its mailboxes. */
export async function startPracticeCompany(options: PracticeOptions = {}): Promise<PracticeCompany> {
  const { seed = 1889, nowMs = Date.now() } = options
  const accounts = createAccounts(seed, nowMs)
  const servers = await startServers(
    accounts.map(({ account }) => account),
    nowMs,
  )
  const accountIn = ({ localPart }: PracticeCase) => {
    const found = accounts.find(({ person }) => person.localPart === localPart)
    if (found === undefined) throw new Error(`Nobody is called ${localPart}.`)
    return found.account
  }
  return {
    name: company.name,
    domain: company.domain,
    dnsServer: servers.dnsServer,
    caPem: servers.caPem,
    users: accounts.map((one) => userOf(one, settingsOf(one.person.localPart, servers.ports))),
    phone(practiceCase) {
      const { password } = accountIn(practiceCase)
      return practiceCase.phone({ password, imapHost: hosts.imap, smtpHost: hosts.smtp })
    },
    act: (practiceCase) => performAction(practiceCase, accountIn(practiceCase), servers),
    [Symbol.asyncDispose]: () => servers[Symbol.asyncDispose](),
  }
}

function userOf(
  { person, account, rememberedPassword }: CompanyAccount,
  settings: ProgramSettings,
): PracticeUser {
  return {
    localPart: person.localPart,
    name: person.name,
    role: person.role,
    address: addressOf(person.localPart),
    username: account.username,
    password: rememberedPassword,
    problem: cases.find((one) => one.localPart === person.localPart)?.caseId ?? null,
    ...settings,
  }
}
