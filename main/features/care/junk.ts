import { describeJunk } from '../../../core/care/outcomes.ts'
import { isJunkFolder, readJunkSigns } from '../../../core/care/junk.ts'
import type { JunkCriteria, JunkLook, JunkMessage } from '../../../core/care/junk.ts'
import { describeError } from '../../../core/error-text.ts'
import { AppError } from '../../../core/errors.ts'
import type { Run } from '../jobs/index.ts'
import { withMailbox } from './deps.ts'
import type { CareDeps } from './deps.ts'
import type { CareMailbox } from './ports.ts'
import type { Slots } from './slots.ts'

const listedPerMailbox = 200
const maxHeaderBytes = 65_536

/** Looks through the junk folders of mailboxes; what is found is there while the rest is still looked through. */
export async function startJunkSearch(
  deps: CareDeps,
  slots: Slots,
  mailboxIds: readonly string[],
  criteria: JunkCriteria,
): Promise<{ readonly runId: string }> {
  const title =
    mailboxIds.length === 1
      ? `Look through the junk of ${(await deps.mailboxes.get(mailboxIds[0] ?? '')).address}`
      : `Look through the junk of ${mailboxIds.length} mailboxes`
  return deps.jobs.start({ kind: 'care.findJunk', title, pausable: false }, async (run) => {
    const looks: JunkLook[] = []
    const messages: JunkMessage[] = []
    const atMs = deps.clock.nowMs()
    const keep = async () => {
      await deps.db.care.putJunkLook({ runId: run.runId, atMs, criteria, looks, messages })
      deps.publish('care.junkFound', { runId: run.runId })
    }
    await keep()
    const all = mailboxIds.map((mailboxId) =>
      slots.use(run.signal, async () => {
        const found = await lookThrough(deps, mailboxId, criteria, run)
        looks.push(found.look)
        messages.push(...found.messages)
        run.progress({
          done: looks.length,
          total: mailboxIds.length,
          unit: 'mailboxes',
          item: found.look.address,
        })
        await keep()
      }),
    )
    await Promise.all(all)
    return describeJunk(looks)
  })
}

async function lookThrough(
  deps: CareDeps,
  mailboxId: string,
  criteria: JunkCriteria,
  run: Run,
): Promise<{ readonly look: JunkLook; readonly messages: readonly JunkMessage[] }> {
  const { address } = await deps.mailboxes.get(mailboxId)
  const empty = { mailboxId, address, folders: [], found: 0, more: false }
  try {
    return await withMailbox(deps, mailboxId, run.signal, async (care) => {
      const folders = (await care.listFolders()).filter(isJunkFolder).map(({ path }) => path)
      const messages: JunkMessage[] = []
      let found = 0
      for (const path of folders) {
        const inFolder = await searchFolder(
          care,
          mailboxId,
          path,
          criteria,
          listedPerMailbox - messages.length,
        )
        messages.push(...inFolder.messages)
        found += inFolder.found
      }
      const look = { ...empty, folders, found, more: found > messages.length, problem: null }
      const newestFirst = messages.toSorted((a, b) => (b.internalDateMs ?? 0) - (a.internalDateMs ?? 0))
      return { look, messages: newestFirst }
    })
  } catch (error) {
    if (!(error instanceof AppError) || run.signal.aborted) throw error
    return { look: { ...empty, problem: describeError(error.code, error.details).sentence }, messages: [] }
  }
}

async function searchFolder(
  care: CareMailbox,
  mailboxId: string,
  path: string,
  criteria: JunkCriteria,
  limit: number,
): Promise<{ readonly found: number; readonly messages: readonly JunkMessage[] }> {
  const folder = await care.open(path, 'read')
  const uids = folder.messages === 0 ? [] : await folder.search(criteria)
  // The newest are what somebody is missing.
  const listed = limit > 0 ? uids.slice(-limit) : []
  const facts = listed.length === 0 ? [] : await folder.factsOf(listed)
  const messages: JunkMessage[] = []
  for (const fact of facts.toReversed()) {
    const header = await folder.header(fact.uid, maxHeaderBytes)
    const { uid, from, subject, messageId, internalDateMs, sizeBytes } = fact
    messages.push({
      ...{ mailboxId, folder: path, uidValidity: folder.uidValidity },
      ...{ uid, from, subject, messageId, internalDateMs, sizeBytes },
      signs: [...readJunkSigns(header === null ? '' : Buffer.from(header).toString('latin1'))],
    })
  }
  return { found: uids.length, messages }
}

/** The header of one message, as text; bytes that are not UTF-8 are shown one a character. */
export async function readJunkHeader(
  deps: CareDeps,
  at: {
    readonly mailboxId: string
    readonly folder: string
    readonly uidValidity: string
    readonly uid: number
  },
  signal: AbortSignal,
): Promise<{ text: string; truncated: boolean }> {
  return withMailbox(deps, at.mailboxId, signal, async (care) => {
    const folder = await care.open(at.folder, 'read')
    const header =
      folder.uidValidity === at.uidValidity ? await folder.header(at.uid, maxHeaderBytes + 1) : null
    if (header === null) throw new AppError('record.not_found', { details: { what: 'message' } })
    const truncated = header.length > maxHeaderBytes
    const bytes = Buffer.from(header.subarray(0, maxHeaderBytes))
    const utf8 = bytes.toString('utf8')
    return { text: utf8.includes('\ufffd') ? bytes.toString('latin1') : utf8, truncated }
  })
}
