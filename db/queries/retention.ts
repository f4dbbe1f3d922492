import { asc, eq } from 'drizzle-orm'
import type { RetentionRule } from '../../core/archive/retention.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { retentionRulesTable } from '../schema/archive.ts'

/** The rules of an archive, oldest first. */
export function listRetentionRules(db: ReadHandle, archiveId: string): readonly RetentionRule[] {
  return db
    .select()
    .from(retentionRulesTable)
    .where(eq(retentionRulesTable.archiveId, archiveId))
    .orderBy(asc(retentionRulesTable.createdAtMs))
    .all()
    .map(({ rule }) => JSON.parse(rule) as RetentionRule)
}

/** Adds a rule, or changes one; its place among the others stays. */
export function putRetentionRule(db: WriteHandle, rule: RetentionRule, createdAtMs: number): void {
  const { ruleId, archiveId } = rule
  const text = JSON.stringify(rule)
  db.insert(retentionRulesTable)
    .values({ ruleId, archiveId, rule: text, createdAtMs })
    .onConflictDoUpdate({ target: retentionRulesTable.ruleId, set: { rule: text } })
    .run()
}

/** Removes a rule. */
export function removeRetentionRule(db: WriteHandle, ruleId: string): void {
  db.delete(retentionRulesTable).where(eq(retentionRulesTable.ruleId, ruleId)).run()
}
