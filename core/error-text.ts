import { archiveErrorWords } from './error-text-archive.ts'
import type { ArchiveErrorCode, Fact, Words } from './error-text-archive.ts'
import { assertNever } from './errors.ts'
import type { AppErrorCode, ErrorDetails } from './errors.ts'

/** A failure in words: what happened, and what to do next. */
export interface ErrorText {
  readonly sentence: string
  readonly nextStep: string
}

/** The words for a code, with the facts of this case. Pure; the same in the console and on the command line. */
export function describeError(code: AppErrorCode, details: ErrorDetails = {}): ErrorText {
  const [sentence, nextStep] = words(code, (name, otherwise) => textOf(details[name], otherwise))
  return { sentence, nextStep }
}

function textOf(value: ErrorDetails[string] | undefined, otherwise: string): string {
  if (value === undefined || value === null || value === '') return otherwise
  return Array.isArray(value) ? value.join('; ') : String(value)
}

function isOfArchive(code: AppErrorCode): code is ArchiveErrorCode {
  return /^(archive|bundle|restore)\./.test(code)
}

// One line a code: it is a table, and splitting it would only hide which code lacks its words.
// eslint-disable-next-line max-lines-per-function
function words(code: AppErrorCode, fact: Fact): Words {
  if (isOfArchive(code)) return archiveErrorWords(code, fact)
  const file = fact('file', 'the file')
  const host = fact('host', 'the server')
  switch (code) {
    case 'contract.unknown_endpoint':
      return [`There is no endpoint named ${fact('name', 'that')}.`, 'List them with `desk endpoints`.']
    case 'contract.invalid_input':
      return [
        `The input is not complete or not valid: ${fact('problems', 'see the details')}.`,
        'Correct the named fields and try again.',
      ]
    case 'contract.untrusted_sender':
      return ['This page may not talk to Mail Desk.', 'Open the console again from the program.']
    case 'contract.cancelled':
      return ['The work was cancelled.', 'Start it again when you want it done.']
    case 'contract.disconnected':
      return [
        'The connection to Mail Desk is gone.',
        'It is tried again by itself; check that the program still runs.',
      ]
    case 'db.schema_newer':
      return [
        'The data on this computer was written by a newer Mail Desk.',
        'Install the newest version; nothing was changed.',
      ]
    case 'db.migration_failed':
      return [
        'The data could not be brought up to date.',
        `A copy from before is beside ${file}. Send the log to support.`,
      ]
    case 'db.disk_full':
      return [
        'The disk is full, so the change was not saved.',
        'Free some space and try again; nothing older was lost.',
      ]
    case 'db.busy':
      return ['Another Mail Desk is using the data right now.', 'Wait a moment and try again.']
    case 'db.damaged':
      return [`The database ${file} is damaged.`, 'Restore it from a backup; archives are not affected.']
    case 'db.read_only':
      return [
        `Mail Desk may not write to ${file}.`,
        'Check the rights on the data folder, or choose another one.',
      ]
    case 'record.not_found':
      return [
        `This ${fact('what', 'record')} does not exist, or no longer.`,
        'Go back to the list and choose again.',
      ]
    case 'record.conflict':
      return [
        `${fact('reason', 'Somebody else changed this meanwhile')}.`,
        'Look at the present state, then try again.',
      ]
    case 'secret.store_unavailable':
      return ['There is no place to keep passwords yet.', 'Open Settings and set a passphrase for the vault.']
    case 'secret.vault_locked':
      return ['The password vault is locked.', 'Enter its passphrase in Settings, then try again.']
    case 'secret.vault_wrong_passphrase':
      return ['That is not the passphrase of the vault.', 'Try again; the vault was not changed.']
    case 'secret.vault_damaged':
      return [
        'The password vault is damaged or was changed by something else.',
        'Restore the vault file from a backup, or make a new one and enter the passwords again.',
      ]
    case 'secret.vault_newer':
      return [
        'The password vault was written by a newer Mail Desk.',
        'Install the newest version to open it.',
      ]
    case 'secret.missing':
      return ['No password or token is stored for this mailbox.', 'Open the person and set it.']
    case 'secret.signing_key_lost':
      return [
        'The key with which this desk signs is no longer in its secret store.',
        'Make a new one in Settings and tell receivers its fingerprint; older signatures still verify.',
      ]
    case 'network.refused':
      return [
        `${host} refused the connection.`,
        'Check the server name and the port, or diagnose the mailbox.',
      ]
    case 'network.timed_out':
      return [`${host} did not answer in time.`, 'Check the network, then diagnose the mailbox.']
    case 'network.reset':
      return [`The connection to ${host} was cut.`, 'Try again; if it happens again, diagnose the mailbox.']
    case 'network.unreachable':
      return [`There is no way to ${host} from this network.`, 'Check the network connection.']
    case 'tls.untrusted':
      return [`The certificate of ${host} is not trusted.`, 'Diagnose the mailbox to see who signed it.']
    case 'tls.name_mismatch':
      return [
        `The certificate of ${host} is for another name.`,
        'Check the server name, or diagnose the mailbox.',
      ]
    case 'tls.expired':
      return [
        `The certificate of ${host} is not valid today.`,
        'The server’s administrator must renew it; check this computer’s clock too.',
      ]
    case 'tls.failed':
      return [
        `No secure connection to ${host} could be made.`,
        'Diagnose the mailbox to see the step that fails.',
      ]
    case 'dns.no_answer':
      return [`The name server did not answer for ${host}.`, 'Check the network, then try again.']
    case 'dns.not_found':
      return [`There is no server named ${host}.`, 'Check the spelling of the server name.']
    case 'auth.refused':
      return [
        `${host} refused the sign-in.`,
        'Check the user name and the password, or diagnose the mailbox.',
      ]
    case 'imap.throttled':
      return [`${host} asks to go slower.`, 'Wait; the work goes on from where it was.']
    case 'imap.unavailable':
      return [`${host} says that it is not available now.`, 'Try again later.']
    case 'imap.protocol':
      return [
        `${host} refuses what it was asked, or answers in a way that is not IMAP.`,
        'Diagnose the mailbox to see its answers.',
      ]
    case 'imap.refused':
      return [
        `${host} refuses ${fact('command', 'the command')} in ${fact('folder', 'the folder')}.`,
        'The mailbox may be full, or the folder read only; nothing was changed there.',
      ]
    case 'imap.folder_missing':
      return [`The folder ${fact('folder', '')} is not on the server.`, 'Choose another folder.']
    case 'imap.renumbered':
      return [
        `The server renumbered the folder ${fact('folder', '')} while it was being read.`,
        'Pull again; nothing that was archived is lost or fetched twice.',
      ]
    case 'smtp.refused':
      return [
        `${host} refused the message: ${fact('response', 'no reason given')}.`,
        'Read the reason, correct it and send again.',
      ]
    case 'smtp.unavailable':
      return [
        `${host} cannot take mail now: ${fact('response', 'no reason given')}.`,
        'It is tried again later.',
      ]
    case 'file.not_found':
      return [`${file} does not exist.`, 'Check the path.']
    case 'file.not_readable':
      return [`${file} cannot be read.`, 'Check the rights on it.']
    case 'file.not_writable':
      return [`${file} cannot be written.`, 'Check the rights on the folder, or choose another one.']
    case 'file.too_large':
      return [`${file} is larger than ${fact('limit', 'allowed')}.`, 'Choose a smaller one.']
    case 'file.disk_full':
      return ['The disk is full.', 'Free some space and start again; what was done so far is kept.']
    case 'usage.invalid':
      return [fact('problem', 'The command was not understood.'), 'Run it with --help.']
    case 'practice.not_running':
      return ['The practice company is not running.', 'Start it on the Practice page.']
    case 'internal':
      return [
        'Something went wrong inside Mail Desk.',
        'Try again; if it happens again, send the log with the number below.',
      ]
    default:
      return assertNever(code)
  }
}
