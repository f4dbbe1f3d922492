import type { RetentionRule } from '../../core/archive/retention.ts'
import { finishRemoval, removeMail } from '../../main/features/archive/retention/remove.ts'

/**
 * Removes mail under a rule in a process of its own, to be killed; without a rule it goes on with a removal that was
 * cut off. Arguments: archive, rule as JSON, now.
 */
const [root = '', rule = '', now = '0'] = process.argv.slice(2)
// Yields, as the program does, so that a kill can fall between any two records.
const progress = () => new Promise<void>((resolve) => setImmediate(resolve))
process.stdout.write('ready\n')
if (rule === '') await finishRemoval(root, progress)
else {
  const request = { rule: JSON.parse(rule) as RetentionRule, fingerprint: null, by: 'Ana' }
  await removeMail(root, request, Number(now), progress)
}
process.stdout.write('end\n')
