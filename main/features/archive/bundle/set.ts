import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { BundleManifest } from '../../../../core/archive/bundle.ts'
import { parsePartName } from '../../../../core/archive/parts.ts'
import { AppError } from '../../../../core/errors.ts'
import { readManifest } from './read.ts'
import { openZip } from './zip-reader.ts'
import type { ZipReader } from './zip-reader.ts'

/** One zip of a bundle. `manifest` is null where it cannot be read; the zip may hold whole messages even so. */
export interface BundleZip {
  readonly path: string
  readonly zip: ZipReader
  readonly manifest: BundleManifest | null
}

/** All zips of a bundle that are there, in order, and what is wrong with the set. */
export interface BundleSet {
  readonly zips: readonly BundleZip[]
  readonly problems: readonly string[]
  readonly of: number
  close(): void
}

/**
 * Opens a bundle by its zip, or by any zip of a split one: the others are looked for beside it, by their names.
 * Errors: `archive.not_an_archive`, `archive.newer`, `bundle.locked`, `bundle.wrong_secret`, `file.*`.
 */
export async function openBundleSet(path: string, secret: string | null): Promise<BundleSet> {
  const first = await openOne(path, secret)
  const part = first.manifest?.part ?? null
  if (part === null) return setOf([first], [], 1)
  const zips: BundleZip[] = []
  const problems: string[] = []
  try {
    // A forged number beyond the last still is this zip's, and it has to be looked at.
    for (let number = 1; number <= Math.max(part.of, part.number); number++) {
      if (number === part.number) {
        zips.push(first)
        continue
      }
      const file = siblingOf(path, number, part.of)
      const found = file === null ? null : await openSibling(file, secret)
      if (found === null || typeof found === 'string') {
        problems.push(found ?? missing(path, number, part.of))
        continue
      }
      const theirs = found.manifest?.part ?? null
      if (theirs !== null && (theirs.setId !== part.setId || theirs.number !== number)) {
        found.zip.close()
        problems.push(
          `${basename(found.path)} is part ${theirs.number} of another export.`,
          missing(path, number, part.of),
        )
      } else zips.push(found)
    }
    return setOf(zips, problems, part.of)
  } catch (error) {
    for (const { zip } of [first, ...zips]) zip.close()
    throw error
  }
}

function setOf(zips: readonly BundleZip[], problems: readonly string[], of: number): BundleSet {
  return {
    zips,
    problems,
    of,
    close: () => {
      for (const { zip } of zips) zip.close()
    },
  }
}

async function openOne(path: string, secret: string | null): Promise<BundleZip> {
  const zip = await openZip(path, secret)
  try {
    return { path, zip, manifest: await manifestOrNull(zip) }
  } catch (error) {
    zip.close()
    throw error
  }
}

/** A part that cannot be opened is a finding of the set, in words. */
async function openSibling(file: string, secret: string | null): Promise<BundleZip | string> {
  try {
    return await openOne(file, secret)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return `${basename(file)} cannot be opened: ${String(error.details['reason'] ?? error.code)}.`
  }
}

async function manifestOrNull(zip: ZipReader): Promise<BundleManifest | null> {
  return readManifest(zip).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'bundle.damaged') return null
    throw error
  })
}

function siblingOf(path: string, number: number, of: number): string | null {
  const name = parsePartName(basename(path))
  if (name === null) return null
  const file = join(dirname(path), `${name.stem}.${number}-of-${of}${name.ending}`)
  return existsSync(file) ? file : null
}

function missing(path: string, number: number, of: number): string {
  const name = parsePartName(basename(path))
  const named = name === null ? '' : ` (${name.stem}.${number}-of-${of}${name.ending})`
  return `Part ${number} of ${of}${named} is missing.`
}
