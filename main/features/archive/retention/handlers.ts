import { v7 as uuid } from 'uuid'
import type { archiveContract } from '../../../../core/archive/contract.ts'
import { count, describeRemoval } from '../../../../core/archive/outcomes.ts'
import type { RemovalReport } from '../../../../core/archive/reports.ts'
import { holdsListed } from '../../../../core/archive/retention.ts'
import type { LegalHold, RetentionRule } from '../../../../core/archive/retention.ts'
import { AppError } from '../../../../core/errors.ts'
import type { KnownArchive } from '../../../../db/queries/archive.ts'
import type { HandlersOf } from '../../../ipc/handlers.ts'
import type { Run } from '../../jobs/index.ts'
import type { ArchiveRegistry } from '../registry.ts'
import { following, keep, workOn } from '../runs.ts'
import type { RunsDeps, Started } from '../runs.ts'
import type { ArchiveThread } from '../worker/functions.ts'

type Handlers = HandlersOf<typeof archiveContract>

/** What retention is built from. */
export interface RetentionDeps extends RunsDeps {
  readonly registry: ArchiveRegistry
}

/** Retention as other features start it. */
export interface RetentionService {
  /** Applies every rule that a schedule may apply, and simulates the others. */
  readonly applyRetention: (archiveId: string) => Started
  /**
   * What of a mailbox must stay on its server, by the holds that stand in an archive. Errors: `archive.damaged` where
   * holds may be missing, because the archive's history is damaged.
   */
  readonly holdsOf: (
    archiveId: string,
    address: string,
  ) => Promise<(folder: string, fact: ListedFact) => boolean>
}

/** What is known of a message that is still on its server. */
interface ListedFact {
  readonly from: string
  readonly internalDateMs: number | null
}

/** Rules, holds and removals of archives. */
export function createRetention(deps: RetentionDeps) {
  return {
    handlers: { ...ruleHandlers(deps), ...holdHandlers(deps), ...removalHandlers(deps) },
    service: {
      applyRetention: (archiveId: string) => applyAll(deps, archiveId),
      holdsOf: (archiveId: string, address: string) => holdsOf(deps, archiveId, address),
    } satisfies RetentionService,
  }
}

async function holdsOf({ registry, reader }: RetentionDeps, archiveId: string, address: string) {
  const { path } = await registry.find(archiveId)
  const holds = await reader().call('allHolds', [path])
  const source = address.toLowerCase()
  return (folder: string, { from, internalDateMs }: ListedFact): boolean =>
    holds.some((hold) => holdsListed(hold, { source, folder, from, dateMs: internalDateMs }))
}

function ruleHandlers({ db, clock, registry, reader, publish }: RetentionDeps) {
  return {
    retention: async ({ archiveId }) => {
      const { path } = await registry.find(archiveId)
      const rules = await db.retention.listRetentionRules(archiveId)
      const holds = await reader().call('holds', [path])
      const unfinishedPacks = await reader().call('unfinishedPacks', [path])
      return { rules: [...rules], holds: [...holds], unfinishedPacks }
    },
    saveRule: async (wish) => {
      await registry.find(wish.archiveId)
      const rule: RetentionRule = { ...wish, ruleId: wish.ruleId ?? uuid() }
      await db.retention.putRetentionRule(rule, clock.nowMs())
      publish('archive.changed', { archiveId: wish.archiveId })
      return rule
    },
    removeRule: async ({ archiveId, ruleId }) => {
      await db.retention.removeRetentionRule(ruleId)
      publish('archive.changed', { archiveId })
      return {}
    },
  } satisfies Partial<Handlers>
}

function holdHandlers(deps: RetentionDeps) {
  const { clock, registry, inThread, reader, publish } = deps
  const enter = async (archive: KnownArchive, entry: Parameters<typeof toEntry>[1], kind: HoldKind) => {
    if (archive.kind === 'bundle') throw new AppError('archive.read_only')
    const atMs = clock.nowMs()
    await inThread((thread) => thread.call('enterHold', [archive.path, toEntry(kind, entry), atMs]))
    publish('archive.changed', { archiveId: archive.archiveId })
    await tellCopies(deps, archive)
    return atMs
  }
  return {
    placeHold: async ({ archiveId, name, by, reason, criteria }): Promise<LegalHold> => {
      const hold = { holdId: uuid(), name, by, reason, criteria }
      const placedAtMs = await enter(await registry.find(archiveId), hold, 'hold_placed')
      return { ...hold, placedAtMs }
    },
    liftHold: async ({ archiveId, holdId, by, reason }) => {
      const archive = await registry.find(archiveId)
      const standing = await reader().call('holds', [archive.path])
      const hold = standing.find((one) => one.holdId === holdId)
      if (hold === undefined) throw new AppError('record.not_found', { details: { what: 'hold' } })
      const { name, criteria } = hold
      await enter(archive, { holdId, name, by, reason, criteria }, 'hold_lifted')
      return {}
    },
  } satisfies Partial<Handlers>
}

/** A copy may have to stand in for the archive tomorrow: it has to know the hold as soon as it can be reached. */
async function tellCopies({ db, jobs, keepInStep }: RetentionDeps, archive: KnownArchive): Promise<void> {
  const copies = await db.archiveSafety.listArchiveCopies(archive.archiveId)
  if (!copies.some(({ automatic }) => automatic)) return
  const title = `Second copies of “${archive.name}”`
  await jobs.start({ kind: 'archive.syncCopies', title, pausable: false }, (run) => keepInStep(archive, run))
}

type HoldKind = 'hold_placed' | 'hold_lifted'

function toEntry(kind: HoldKind, hold: Omit<LegalHold, 'placedAtMs'>) {
  return { kind, ...hold } as const
}

function removalHandlers(deps: RetentionDeps) {
  const { clock, registry, reader } = deps
  return {
    simulateRetention: async ({ archiveId, ruleId }) => {
      const archive = await registry.find(archiveId)
      const rule = await findRule(deps, archiveId, ruleId)
      return reader().call('simulateRetention', [archive.path, rule, clock.nowMs()])
    },
    applyRetention: async ({ archiveId, ruleId, fingerprint, by }) => {
      const archive = await registry.find(archiveId)
      const rule = await findRule(deps, archiveId, ruleId)
      return removal(deps, archive, `Apply “${rule.name}” to “${archive.name}”`, (run, thread) =>
        remove(deps, archive, { rule, fingerprint, by }, run, thread),
      )
    },
    finishRemoval: async ({ archiveId }) => {
      const archive = await registry.find(archiveId)
      return removal(deps, archive, `Finish the removal from “${archive.name}”`, (run, thread) =>
        thread.call('finishRemoval', [archive.path], following(run, 'packs')),
      )
    },
  } satisfies Partial<Handlers>
}

async function findRule({ db }: RetentionDeps, archiveId: string, ruleId: string): Promise<RetentionRule> {
  const rule = (await db.retention.listRetentionRules(archiveId)).find((one) => one.ruleId === ruleId)
  if (rule === undefined) throw new AppError('record.not_found', { details: { what: 'retention rule' } })
  return rule
}

function removal(
  deps: RetentionDeps,
  archive: KnownArchive,
  title: string,
  body: (run: Run, thread: ArchiveThread) => Promise<RemovalReport>,
): Started {
  if (archive.kind === 'bundle') throw new AppError('archive.read_only')
  const job = { kind: 'archive.applyRetention', title, pausable: false }
  return workOn(deps, archive, job, async (run, thread) => {
    const report = await body(run, thread)
    await keep(deps, run.runId, archive.archiveId, report)
    return describeRemoval(report)
  })
}

async function remove(
  deps: RetentionDeps,
  { path }: KnownArchive,
  request: { readonly rule: RetentionRule; readonly fingerprint: string | null; readonly by: string },
  run: Run,
  thread: ArchiveThread,
): Promise<RemovalReport> {
  try {
    return await thread.call('removeMail', [path, request, deps.clock.nowMs()], following(run, 'packs'))
  } finally {
    // Its files were replaced: whoever reads has to open the new ones.
    await deps.reader().call('closeReader', [path])
  }
}

async function applyAll(deps: RetentionDeps, archiveId: string): Started {
  const archive = await deps.registry.find(archiveId)
  const title = `Apply the retention rules of “${archive.name}”`
  const job = { kind: 'archive.applyRetention', title, pausable: false }
  return workOn(deps, archive, job, async (run, thread) => {
    const lines: string[] = []
    for (const rule of await deps.db.retention.listRetentionRules(archiveId)) {
      run.signal.throwIfAborted()
      if (rule.bySchedule) {
        const report = await remove(deps, archive, { rule, fingerprint: null, by: 'a schedule' }, run, thread)
        await keep(deps, run.runId, archiveId, report)
        lines.push(describeRemoval(report))
        continue
      }
      const effect = await thread.call('simulateRetention', [archive.path, rule, deps.clock.nowMs()])
      lines.push(
        `“${rule.name}” would remove ${count(effect.messages, 'message')}; it is not switched on for schedules, so nothing was removed.`,
      )
    }
    return lines.length === 0 ? 'There is no retention rule.' : lines.join(' ')
  })
}
