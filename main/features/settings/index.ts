import { settings, settingsContract } from '../../../core/settings/contract.ts'
import type { Settings } from '../../../core/settings/contract.ts'
import type { Publish } from '../../../core/contract/index.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'

/** The settings of this workstation, for other features. */
export interface SettingsService {
  get(): Promise<Settings>
  update(changes: Partial<Settings>): Promise<Settings>
}

/** Settings with their defaults; a value that no longer fits its schema falls back to the default. */
export function createSettings(deps: { readonly db: DbClient; readonly publish: Publish }): SettingsService & {
  readonly handlers: HandlersOf<typeof settingsContract>
} {
  const get = async (): Promise<Settings> => {
    const stored = await deps.db.settings.getSettings()
    const known = Object.entries(settings.shape).flatMap(([key, schema]) => {
      const parsed = schema.safeParse(stored[key])
      return parsed.success ? [[key, parsed.data] as const] : []
    })
    return settings.parse(Object.fromEntries(known))
  }
  const update = async (changes: Partial<Settings>): Promise<Settings> => {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    await deps.db.settings.putSettings(given)
    deps.publish('settings.changed', {})
    return get()
  }
  return { get, update, handlers: { get, update: (input) => update(input as Partial<Settings>) } }
}
