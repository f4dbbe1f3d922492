import type { ArchiveFolder } from '../archive/types.ts'
import type { FolderChoice, MappedFolder, RestoreOptions } from './types.ts'

/** A folder of the target, as it lists it. */
export interface TargetFolder {
  readonly path: string
  /** RFC 6154: `\Sent`. */
  readonly specialUse: string | null
}

/** What a target's folder names are made of. */
export interface NameRules {
  /** Null: the target has no folders in folders, so levels are joined by `-`. */
  readonly delimiter: string | null
  readonly folders: readonly TargetFolder[]
  /** All folders must be below this one (RFC 2342 personal namespace): `INBOX.`; empty where there is none. */
  readonly namespace: string
}

/** What the archive says of a folder that is to be restored. */
export type MappingSource = Pick<
  ArchiveFolder,
  'folderId' | 'source' | 'path' | 'delimiter' | 'specialUse' | 'messageCount' | 'sizeBytes'
>

const longestLevel = 200

/**
 * Where each folder of the archive goes. In this order: a choice by hand; the target's folder of the same special
 * use; the same name, with the target's delimiter. Below a prefix everything keeps its own name. Where mail of
 * several mailboxes goes below a prefix, each mailbox has a folder of its own there.
 */
export function mapFolders(
  sources: readonly MappingSource[],
  rules: NameRules,
  options: Pick<RestoreOptions, 'prefix' | 'useSpecialFolders' | 'folders'>,
): readonly MappedFolder[] {
  const there = new Map(rules.folders.map(({ path }) => [nameKey(path), path]))
  const owners = new Set(sources.map(({ source }) => source))
  return sources.map((folder) => {
    const { folderId, source, path, messageCount: messages, sizeBytes: mailBytes } = folder
    const { wanted, how } = wish(folder, rules, options, owners.size > 1)
    const target = there.get(nameKey(wanted.name)) ?? wanted.name
    return {
      ...{ folderId, source, path, target, how, messages, mailBytes },
      exists: there.has(nameKey(target)),
      renamed: wanted.changed,
    }
  })
}

interface Wanted {
  readonly name: string
  readonly changed: string | null
}

function wish(
  folder: MappingSource,
  rules: NameRules,
  options: Pick<RestoreOptions, 'prefix' | 'useSpecialFolders' | 'folders'>,
  manyOwners: boolean,
): { readonly wanted: Wanted; readonly how: MappedFolder['how'] } {
  const chosen = choiceFor(folder, options.folders)
  if (chosen !== null) return { wanted: { name: chosen, changed: null }, how: 'chosen' }
  const levels = folder.delimiter === null ? [folder.path] : folder.path.split(folder.delimiter)
  if (options.prefix !== null) {
    const below = [options.prefix, ...(manyOwners ? [folder.source] : []), ...levels]
    return { wanted: joinLevels(below, rules), how: 'below_prefix' }
  }
  const special =
    options.useSpecialFolders && folder.specialUse !== null && nameKey(folder.path) !== 'INBOX'
      ? rules.folders.find(({ specialUse }) => specialUse?.toLowerCase() === folder.specialUse?.toLowerCase())
      : undefined
  if (special !== undefined) return { wanted: { name: special.path, changed: null }, how: 'special_use' }
  return { wanted: joinLevels(levels, rules), how: 'same_name' }
}

function choiceFor(folder: MappingSource, choices: readonly FolderChoice[]): string | null {
  return choices.find(({ source, path }) => source === folder.source && path === folder.path)?.target ?? null
}

/** Levels as one name of the target. A level that its rules forbid is changed, and the change is told. */
function joinLevels(levels: readonly string[], { delimiter, namespace }: NameRules): Wanted {
  const first = levels[0]?.toUpperCase() === 'INBOX'
  if (first && levels.length === 1) return { name: 'INBOX', changed: null }
  const safe = levels.map((level) => safeLevel(level, delimiter))
  const joined = safe.join(delimiter ?? '-')
  const name = namespace !== '' && !joined.startsWith(namespace) ? `${namespace}${joined}` : joined
  const changedLevels = levels.filter((level, n) => level !== safe[n])
  if (changedLevels.length > 0)
    return {
      name,
      changed: `The target’s folder names may not have what is in “${changedLevels.join('”, “')}”.`,
    }
  if (delimiter === null && levels.length > 1)
    return { name, changed: 'The target has no folders in folders.' }
  return { name, changed: null }
}

/**
 * A level that every server takes: without the target's delimiter, wildcards (RFC 9051 5.1), control characters,
 * leading `#` or `~`, or spaces at its ends.
 */
export function safeLevel(level: string, delimiter: string | null): string {
  const plain = level
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f-\u009f%*"\\\u2028\u2029]/g, '_')
    .replaceAll(delimiter ?? '\u0000', '_')
    .replace(/^[#~&]/, '_')
    .slice(0, longestLevel)
    .toWellFormed()
    .trim()
  return plain === '' || /^\.+$/.test(plain) ? '_' : plain
}

/** A second try for a name that the target refused: letters, digits and spaces only. */
export function plainName(path: string, delimiter: string | null): string {
  const levels = delimiter === null ? [path] : path.split(delimiter)
  return levels
    .map(
      (level) =>
        level
          .replace(/[^\p{L}\p{N} _-]+/gu, '_')
          .slice(0, 60)
          .toWellFormed()
          .trim() || '_',
    )
    .map((level) => (level.toLowerCase() === 'files' ? `${level}_` : level))
    .join(delimiter ?? '-')
}

/** INBOX is one folder in any case (RFC 9051 5.1); for other names case matters. */
export function nameKey(path: string): string {
  return path.toUpperCase() === 'INBOX' ? 'INBOX' : path.normalize('NFC')
}
