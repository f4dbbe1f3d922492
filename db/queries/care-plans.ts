import { asc, eq } from 'drizzle-orm'
import type { CleanupPlan } from '../../core/care/plans.ts'
import type { CleanupRule } from '../../core/care/rule.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { carePlansTable } from '../schema/care.ts'

/** Plans, by name. */
export function listCarePlans(db: ReadHandle): readonly CleanupPlan[] {
  return db.select().from(carePlansTable).orderBy(asc(carePlansTable.name)).all().map(toPlan)
}

/** One plan, or null. */
export function getCarePlan(db: ReadHandle, planId: string): CleanupPlan | null {
  const row = db.select().from(carePlansTable).where(eq(carePlansTable.planId, planId)).get()
  return row === undefined ? null : toPlan(row)
}

/** Saves a plan, new or changed. */
export function putCarePlan(db: WriteHandle, plan: CleanupPlan): void {
  const row = {
    ...plan,
    rule: JSON.stringify(plan.rule),
    mailboxIds: plan.mailboxIds === null ? null : JSON.stringify(plan.mailboxIds),
  }
  db.insert(carePlansTable).values(row).onConflictDoUpdate({ target: carePlansTable.planId, set: row }).run()
}

/** Removes a plan; its runs stay. */
export function removeCarePlan(db: WriteHandle, planId: string): void {
  db.delete(carePlansTable).where(eq(carePlansTable.planId, planId)).run()
}

function toPlan(row: typeof carePlansTable.$inferSelect): CleanupPlan {
  return {
    ...row,
    rule: JSON.parse(row.rule) as CleanupRule,
    mailboxIds: row.mailboxIds === null ? null : (JSON.parse(row.mailboxIds) as string[]),
  }
}
