import { labelAsKeyword, labelAsLevels } from '../../../../core/restore/flags.ts'
import { mapFolders, safeLevel } from '../../../../core/restore/mapping.ts'
import type { NameRules } from '../../../../core/restore/mapping.ts'
import type {
  MappedFolder,
  RestoreOptions,
  RestorePreview,
  TargetQuota,
} from '../../../../core/restore/types.ts'
import type { ArchiveSource, Restorable, RestorableMessage } from '../../archive/index.ts'
import type { MailTarget } from '../ports.ts'
import type { Task } from './types.ts'

/** What a restore would do, without looking into the target's folders. */
export async function previewRestore(
  source: ArchiveSource,
  target: MailTarget,
  request: Restorable & { readonly options: RestoreOptions },
  targetName: string,
): Promise<RestorePreview> {
  const [folders, names, quota] = [await source.folders(request), await target.names(), await target.quota()]
  const mapped = mapFolders(folders, names, request.options)
  const mailBytes = mapped.reduce((sum, one) => sum + one.mailBytes, 0)
  return {
    targetName,
    folders: [...mapped],
    messages: mapped.reduce((sum, one) => sum + one.messages, 0),
    mailBytes,
    quota,
    fits: fitsInto(quota, mailBytes),
    largestBytes: target.abilities.largestBytes,
    undoable: target.abilities.undoable,
  }
}

/** Whether so much more fits; null when the target names no quota. */
export function fitsInto(quota: TargetQuota | null, bytes: number): boolean | null {
  return quota === null ? null : quota.usedBytes + bytes <= quota.limitBytes
}

/** The messages of one folder as tasks: each in its folder, and where labels become folders in these too. */
export function tasksOf(
  folder: MappedFolder,
  messages: readonly RestorableMessage[],
  names: NameRules,
  options: RestoreOptions,
): readonly Task[] {
  return messages.flatMap((message) => {
    const targets = new Set([folder.target, ...labelFolders(message.labels, names, options)])
    const keywords =
      options.labels === 'keywords' ? message.labels.flatMap((label) => labelAsKeyword(label) ?? []) : []
    const flags = [...new Set([...message.flags, ...keywords])]
    const { sha256, sizeBytes, internalDateMs } = message
    // Long or odd Message-IDs are cut in the index; the target's own listing is cut alike.
    const messageId = message.messageId?.trim() ?? null
    return [...targets].map((targetFolder) => ({
      ...{ message, source: folder.source, path: folder.path, targetFolder, flags },
      ...{ sha256, sizeBytes, internalDateMs, messageId },
    }))
  })
}

function labelFolders(
  labels: readonly string[],
  names: NameRules,
  options: RestoreOptions,
): readonly string[] {
  if (options.labels !== 'folders') return []
  return labels.flatMap((label) => {
    const levels = labelAsLevels(label)
    if (levels === null) return []
    const all = [...(options.prefix === null ? [] : [options.prefix]), ...levels]
    return `${names.namespace}${all.map((level) => safeLevel(level, names.delimiter)).join(names.delimiter ?? '-')}`
  })
}
