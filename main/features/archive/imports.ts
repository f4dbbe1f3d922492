import { resolve } from 'node:path'
import type { z } from 'zod'
import type { importEndpoints } from '../../../core/archive/import-endpoints.ts'
import type { ImportPreview } from '../../../core/archive/imports.ts'
import { describeImport } from '../../../core/archive/outcomes.ts'
import { AppError } from '../../../core/errors.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import { following, keep, work } from './runs.ts'
import type { RunsDeps, Started } from './runs.ts'

type ImportRequest = Omit<z.output<typeof importEndpoints.import.input>, 'archiveId'>

/** Looks at a path in a thread of its own: a large zip or a deep folder must not hold up the screens. */
export function inspectImport(
  deps: Pick<RunsDeps, 'inThread'>,
  request: { readonly path: string; readonly secret: string | null },
  signal: AbortSignal,
): Promise<ImportPreview> {
  const path = resolve(request.path)
  return deps.inThread((thread) => thread.call('inspectImport', [path, request.secret], { signal }))
}

/** Starts an import. What is not there, or cannot be opened, is said at once and not by the run. */
export async function startImport(
  deps: RunsDeps,
  archive: KnownArchive,
  request: ImportRequest,
  signal: AbortSignal,
): Started {
  if (archive.kind === 'bundle') throw new AppError('archive.read_only')
  const path = resolve(request.path)
  if (path === archive.path)
    throw new AppError('record.conflict', {
      details: { reason: 'An archive cannot be imported into itself' },
    })
  const preview = await inspectImport(deps, request, signal)
  const source = (request.source ?? preview.source).toLowerCase()
  const { variant, secret } = request
  return work(deps, 'archive.import', `Import ${path}`, async (run, thread) => {
    const report = await thread.call(
      'importMail',
      [archive.path, path, { source, variant, secret }, preview.bytes],
      following(run, 'MB read'),
    )
    await keep(deps, run.runId, archive.archiveId, report)
    return describeImport(report)
  })
}
