import { addressOf, people } from '../../core/practice/people.ts'
import type { Colleague } from '../../core/practice/people.ts'
import type { PracticeAccount } from './account.ts'
import { fillMailbox, hoardScans, misfileCustomerMail } from './mail/fill.ts'
import { createRandom } from './mail/random.ts'
import type { Random } from './mail/random.ts'
import { createMailStore } from './mail-store.ts'

const words = [
  'lantern',
  'harbour',
  'tide',
  'beacon',
  'anchor',
  'gull',
  'mast',
  'fog',
  'rope',
  'pilot',
  'reef',
  'wick',
]

/** An account, and the password that the user's program still has. */
export interface CompanyAccount {
  readonly person: Colleague
  readonly account: PracticeAccount
  readonly rememberedPassword: string
}

/** All accounts with their mail and their problems, the same for the same seed. */
export function createAccounts(seed: number, nowMs: number): readonly CompanyAccount[] {
  return people.map((person, index) => createCompanyAccount(person, createRandom(seed + index * 7919), nowMs))
}

function createCompanyAccount(person: Colleague, random: Random, nowMs: number): CompanyAccount {
  const address = addressOf(person.localPart)
  const mail = createMailStore(() => Date.now())
  const filling = { person, random, nowMs, threads: random.between(12, 30) }
  fillMailbox(mail, filling)
  const password = inventPassword(random)
  const account: PracticeAccount = {
    username: address,
    addresses: [address],
    password,
    mail,
    imapEnabled: true,
    sendAs: new Set([address]),
    deliverTo: 'INBOX',
    forgottenSessions: 0,
    maxSessions: 20,
    openSessions: 0,
  }
  switch (person.localPart) {
    case 'misaki.tanaka':
      return {
        person,
        account: { ...account, password: inventPassword(random) },
        rememberedPassword: password,
      }
    case 'youssef.haddad':
      hoardScans(mail, filling)
      mail.quotaBytes = mail.usedBytes()
      break
    case 'chidi.okonkwo':
      account.deliverTo = 'Junk'
      misfileCustomerMail(mail, filling)
      break
    case 'giorgos.papadakis':
      account.imapEnabled = false
      break
    case 'seoyeon.kim':
      account.forgottenSessions = account.maxSessions
      break
    case 'priya.sharma':
      return { person, account: withOldName(account), rememberedPassword: password }
    default:
      break
  }
  return { person, account, rememberedPassword: password }
}

/** Priya got a new name: mail to both arrives, but she signs in and may send as the old one only. */
function withOldName(account: PracticeAccount): PracticeAccount {
  const oldAddress = addressOf('priya.rao')
  return {
    ...account,
    username: oldAddress,
    addresses: [...account.addresses, oldAddress],
    sendAs: new Set([oldAddress]),
  }
}

function inventPassword(random: Random): string {
  return `${random.pick(words)}-${random.pick(words)}-${random.between(1000, 9999)}`
}
