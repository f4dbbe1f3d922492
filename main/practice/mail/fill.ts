import { addressOf, company, people } from '../../../core/practice/people.ts'
import type { CompanyPerson } from '../../../core/practice/people.ts'
import type { Folder, MailStore } from '../mail-store.ts'
import { brokenMessages } from './broken.ts'
import { composeMessage } from './compose.ts'
import type { Correspondent } from './compose.ts'
import { inventFile } from './files.ts'
import type { Random } from './random.ts'
import { customers, junkLines, phrases } from './words.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const scanBytes = 1_500_000

/** What fills one mailbox. */
export interface FillOptions {
  readonly person: CompanyPerson
  readonly random: Random
  readonly nowMs: number
  /** How many conversations; each has one to six messages. */
  readonly threads: number
}

/** Fills a mailbox with threads, attachments, junk and broken messages of the last two months. */
export function fillMailbox(store: MailStore, options: FillOptions): void {
  const me = correspondentOf(options.person)
  for (let index = 0; index < options.threads; index++) addThread(store, options, index, me)
  addJunk(store, options, me)
  const inbox = folderOf(store, 'INBOX')
  brokenMessages(me, options.nowMs - 9 * dayMs).forEach((bytes, index) => {
    store.append(inbox, { bytes, internalDateMs: options.nowMs - 9 * dayMs + index * hourMs })
  })
}

/** Puts mail that customers sent into Junk, where nobody looks: the case `in_junk`. */
export function misfileCustomerMail(store: MailStore, { person, random, nowMs }: FillOptions): void {
  const junk = folderOf(store, 'Junk')
  for (const [index, from] of customers.entries()) {
    const sentAtMs = nowMs - (index + 1) * dayMs
    const text = `Dear ${person.name},\n\nthis is my second letter about the lamp. Why does nobody answer?\n\n${from.name}`
    const messageId = `<wanted-${index}-${random.between(1e6, 9e6)}@${from.address.split('@')[1] ?? ''}>`
    const subject = `Lamp ${random.between(100, 999)} is dark`
    const draft = { from, to: [correspondentOf(person)], subject, sentAtMs, messageId, text }
    store.append(junk, { bytes: composeMessage(draft), internalDateMs: sentAtMs, flags: ['$NotJunk'] })
  }
}

/** Puts scans of contracts into Archive, megabytes each, as people keep them: the case `mailbox_full`. */
export function hoardScans(store: MailStore, { person, random, nowMs }: FillOptions): void {
  const archive = folderOf(store, 'Archive')
  const to = [correspondentOf(person)]
  for (const [index, from] of [...customers, ...customers].entries()) {
    const sentAtMs = nowMs - (60 + index) * dayMs
    const bytes = Buffer.alloc(scanBytes, random.bytes(4096))
    const attachments = [{ name: `contract-${index + 1}.tif`, mediaType: 'image/tiff', bytes }]
    const messageId = `<scan-${index}-${random.between(1e6, 9e6)}@${company.domain}>`
    const draft = {
      from,
      to,
      subject: `Contract ${index + 1}`,
      sentAtMs,
      messageId,
      text: 'Signed.',
      attachments,
    }
    store.append(archive, { bytes: composeMessage(draft), internalDateMs: sentAtMs, flags: ['\\Seen'] })
  }
}

function addThread(
  store: MailStore,
  { person, random, nowMs }: FillOptions,
  index: number,
  me: Correspondent,
): void {
  const colleague = random.pick(people.filter((other) => other.localPart !== person.localPart))
  const partner: Correspondent = random.next() < 0.7 ? correspondentOf(colleague) : random.pick(customers)
  const { subjects, sentences, charset } = phrases[random.next() < 0.5 ? person.language : colleague.language]
  const subject = `${random.pick(subjects)} (${index + 1})`
  const folder = random.next() < 0.25 ? folderOf(store, 'Archive') : folderOf(store, 'INBOX')
  const references: string[] = []
  let sentAtMs = nowMs - random.between(1, 60) * dayMs + random.between(-8, 8) * hourMs
  for (let turn = random.between(1, 6); turn > 0; turn--) {
    const mine = references.length % 2 === 1
    const [from, to] = mine ? [me, partner] : [partner, me]
    const messageId = `<${index}.${references.length}.${random.between(1e8, 9e8)}@${company.domain}>`
    const text = Array.from({ length: random.between(1, 5) }, () => random.pick(sentences)).join('\n')
    const bytes = composeMessage({
      from,
      to: [to],
      subject: references.length === 0 ? subject : `Re: ${subject}`,
      sentAtMs,
      messageId,
      references: [...references],
      text: `${text}\n\n${from.name}`,
      charset: random.next() < 0.4 ? charset : 'utf-8',
      ...(random.next() < 0.3
        ? { html: `<p>${text.replaceAll('\n', '<br>')}</p><p><b>${from.name}</b></p>` }
        : {}),
      ...(random.next() < 0.35 ? { attachments: [inventFile(random, random.pick(subjects))] } : {}),
    })
    const flags = mine || random.next() < 0.7 ? ['\\Seen'] : []
    store.append(mine ? folderOf(store, 'Sent') : folder, { bytes, internalDateMs: sentAtMs, flags })
    references.push(messageId)
    sentAtMs = Math.min(sentAtMs + random.between(1, 30) * hourMs, nowMs)
  }
}

function addJunk(store: MailStore, { random, nowMs }: FillOptions, me: Correspondent): void {
  for (let index = 0; index < 12; index++) {
    const [subject, text] = random.pick(junkLines)
    const sentAtMs = nowMs - random.between(0, 40) * dayMs
    const from = { name: 'Prize Office', address: `prize${random.between(1, 99)}@lottery.example` }
    const messageId = `<junk-${index}-${random.between(1e6, 9e6)}@lottery.example>`
    const extraHeaders = ['X-Spam-Flag: YES', `X-Spam-Score: ${random.between(60, 140) / 10}`]
    const bytes = composeMessage({ from, to: [me], subject, sentAtMs, messageId, text, extraHeaders })
    store.append(folderOf(store, 'Junk'), { bytes, internalDateMs: sentAtMs })
  }
}

function correspondentOf(person: CompanyPerson): Correspondent {
  return { name: person.name, address: addressOf(person.localPart) }
}

function folderOf(store: MailStore, path: string): Folder {
  return store.folders.get(path) ?? store.createFolder(path)
}
