import type { Settings } from '../../../core/settings/contract.ts'
import type { Actor, Assignee } from '../../../core/tickets/types.ts'
import { assigneeKey } from '../../../core/tickets/types.ts'
import type { Authorship } from '../../../db/queries/tickets-write.ts'
import type { Clock } from '../../lib/clock.ts'

/** Who works here, as tickets need it. */
export interface Me {
  readonly assignee: Assignee
  /** For `assignedTo: 'me'`. Never empty, so that "mine" is not "nobody's". */
  readonly key: string
  readonly by: Authorship
}

/** The author of what the program does by itself. */
export const programActor: Actor = { kind: 'program', name: 'Mail Desk', email: '' }

/** Reads who works here from the settings; without a name it is this machine's technician. */
export function whoWorksHere(settings: Settings, machineId: string, clock: Clock): Me {
  const name = settings.operatorName.trim() || settings.operatorEmail.trim() || 'Technician'
  const assignee: Assignee = { name, email: settings.operatorEmail.trim() }
  const actor: Actor = { kind: 'person', ...assignee }
  return { assignee, key: assigneeKey(assignee), by: { actor, machineId, nowMs: clock.nowMs() } }
}
