import { settings } from '../../../core/settings/contract.ts'
import type { Settings, settingsContract } from '../../../core/settings/contract.ts'
import type { Publish } from '../../../core/contract/index.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'

/** Fields that are absent or undefined stay as they are. */
export type SettingsChanges = { readonly [K in keyof Settings]?: Settings[K] | undefined }

/** The settings of this workstation, for other features. */
export interface SettingsService {
  get(): Promise<Settings>
  update(changes: SettingsChanges): Promise<Settings>
}

/** Settings with their defaults; a value that no longer fits its schema falls back to the default. */
export function createSettings(deps: {
  readonly db: DbClient
  readonly publish: Publish
}): SettingsService & {
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
  const update = async (changes: SettingsChanges): Promise<Settings> => {
    await deps.db.settings.putSettings(changes)
    deps.publish('settings.changed', {})
    return get()
  }
  return { get, update, handlers: { get, update } }
}
