import { createInlineDbClient } from '../../db/inline-client.ts'
import type { DbClient } from '../../db/client.ts'
import type { JournalEntry } from '../../db/queries/care-journal.ts'
import { password } from './care.ts'
import { createTestDesk } from './test-desk.ts'

/**
 * Carries out or undoes a run in a process of its own that kills itself. Arguments: data folder, mailbox, run, `carryOut`
 * or `undo`, and when to die: a number n, just before the n-th write to the journal; or `removing`, just after it was
 * written down that messages are being removed. Prints `end` when it came to its end.
 */
const [dataDir = '', mailboxId = '', runId = '', act = '', moment = ''] = process.argv.slice(2)

let writes = 0

/** The database, with a journal that is deadly at one moment. */
function deadly(db: DbClient): DbClient {
  const care = new Proxy(db.care, {
    get: (target, name: keyof DbClient['care']) => {
      const call = target[name] as (...args: unknown[]) => Promise<unknown>
      if (name !== 'noteCareMessages' && name !== 'setCareItem') return call
      return async (...args: unknown[]) => {
        if (++writes === Number(moment)) process.kill(process.pid, 'SIGKILL')
        const answer = await call(...args)
        const entries = name === 'noteCareMessages' ? (args[1] as readonly JournalEntry[]) : []
        if (moment === 'removing' && entries.some(({ state }) => state === 'removing'))
          process.kill(process.pid, 'SIGKILL')
        return answer
      }
    },
  })
  return new Proxy(db, { get: (target, name: keyof DbClient) => (name === 'care' ? care : target[name]) })
}

const db = deadly(createInlineDbClient(`${dataDir}/desk.sqlite`))
const desk = await createTestDesk({ dataDir, db })
await desk.call('accounts.setSecret', { mailboxId, secret: password, remember: false })
const { jobId } = await desk.call(act === 'undo' ? 'care.undoRun' : 'care.carryOut', { runId })
await desk.finished(jobId)
await desk.dispose()
process.stdout.write('end\n')
