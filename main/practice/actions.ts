import { assertNever } from '../../core/errors.ts'
import type { PracticeCase } from '../../core/practice/cases.ts'
import type { PracticeAccount } from './account.ts'
import type { CompanyServers } from './servers.ts'

const addedQuotaBytes = 20 * 1024 * 1024

/** Does what the company is asked for in this case, and says what was done, in the past tense. */
export async function performAction(
  { action, localPart }: PracticeCase,
  account: PracticeAccount,
  servers: CompanyServers,
): Promise<string> {
  switch (action) {
    case null:
      return 'The company has nothing to change here: the solution is in the settings of the mailbox.'
    case 'renew_certificate':
      await servers.renewOdesaCertificate()
      return 'The Odesa server shows a new certificate, valid for 90 days.'
    case 'raise_quota':
      account.mail.quotaBytes = account.mail.usedBytes() + addedQuotaBytes
      return 'The mailbox has 20 MB more room.'
    case 'relax_spam_filter':
      account.deliverTo = 'INBOX'
      return `The spam filter of this mailbox is back at its usual strength, and ${moveWantedMail(account)} wanted messages went from Junk to the inbox.`
    case 'repair_starttls':
      await servers.repairGuestRelay()
      return 'The guest relay offers STARTTLS again.'
    case 'enable_imap':
      account.imapEnabled = true
      return 'IMAP is enabled for this account.'
    case 'close_sessions':
      account.forgottenSessions = 0
      return 'All old sessions were closed and the forgotten devices signed out.'
    case 'allow_sender':
      for (const address of account.addresses) account.sendAs.add(address)
      return `The account may send as ${localPart} now.`
    default:
      return assertNever(action)
  }
}

function moveWantedMail({ mail }: PracticeAccount): number {
  const [junk, inbox] = [mail.folders.get('Junk'), mail.folders.get('INBOX')]
  if (junk === undefined || inbox === undefined) return 0
  const wanted = junk.messages.filter((message) => message.flags.has('$NotJunk'))
  for (const message of wanted) mail.append(inbox, message)
  mail.remove(junk, new Set(wanted))
  return wanted.length
}
