import { existsSync, mkdirSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { safeSegment } from '../../../core/archive/bundle.ts'
import type { BundleCustody } from '../../../core/archive/bundle.ts'
import { describeSelection } from '../../../core/archive/describe-selection.ts'
import { describeError } from '../../../core/error-text.ts'
import type { exportEndpoints } from '../../../core/archive/export-endpoints.ts'
import { describeBundle, describeExport } from '../../../core/archive/outcomes.ts'
import type { ExportReport } from '../../../core/archive/reports.ts'
import { AppError } from '../../../core/errors.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { SettingsService } from '../settings/index.ts'
import type { Signing, SigningIdentity } from '../signing/index.ts'
import type { TextIndexing } from './text-indexing.ts'
import { setSumsName } from './bundle/layout.ts'
import { following, keep, work } from './runs.ts'
import type { RunsDeps, Started } from './runs.ts'
import { translateFileError } from './store/file-error.ts'
import type { ArchiveThread } from './worker/functions.ts'

type ExportRequest = Omit<z.output<typeof exportEndpoints.export.input>, 'archiveId'>
type CheckRequest = z.output<typeof exportEndpoints.verifyBundle.input>

/** What handing over needs beside the runs. */
export interface ExportsDeps extends RunsDeps {
  readonly settings: Pick<SettingsService, 'get'>
  readonly signing: Signing
  /** What a search selects is known only when the text of everything is searchable. */
  readonly finishText: TextIndexing['finish']
}

interface Signer {
  readonly identity: SigningIdentity | null
  /** Why nobody signs; null when somebody does. */
  readonly notSigned: string | null
}

/** Starts an export. What cannot work (no key, no such recipient, no such folder) is said at once, not by the run. */
export async function startExport(deps: ExportsDeps, archive: KnownArchive, request: ExportRequest) {
  const createdAtMs = deps.clock.nowMs()
  if (request.encrypt !== null) (await import('./bundle/encrypt.ts')).createEncrypter(request.encrypt)
  const signer = await chooseSigner(deps, request.sign)
  const file = chooseFile(deps.dataDir, archive.name, request, createdAtMs)
  const custody = await custodyOf(deps, archive, request)
  const options = {
    file,
    selection: request.selection,
    format: request.format,
    note: request.note,
    createdBy: `Mail Desk ${deps.version}`,
    createdAtMs,
    splitBytes: request.splitBytes,
    encryption: request.encrypt,
    signer: signer.identity,
    humanIndex: request.humanIndex,
    custody,
    setId: uuid(),
  }
  const title = `Export from “${archive.name}”`
  const { runId } = await work(deps, 'archive.export', title, async (run, thread) => {
    if (request.selection.kind === 'search') await deps.finishText(archive, run)
    try {
      let step = await thread.call('startExport', [archive.path, options], following(run, 'messages'))
      while (step.toSign !== null) {
        const signature = await deps.signing.sign(step.toSign)
        step = await thread.call('goOnWithExport', [signature], following(run, 'messages'))
      }
      const report: ExportReport = { ...step.report, notSigned: signer.notSigned }
      await keep(deps, run.runId, archive.archiveId, report)
      return describeExport(report)
    } finally {
      await endExport(thread)
    }
  })
  return { runId, path: file }
}

/** Starts a check of a bundle. */
export function startBundleCheck(deps: RunsDeps, request: CheckRequest): Started {
  const { path, secret, fingerprint } = request
  return work(deps, 'archive.verifyBundle', `Verify bundle ${path}`, async (run, thread) => {
    const options = { secret, fingerprint }
    const report = await thread.call('verifyBundle', [resolve(path), options], following(run, 'messages'))
    await keep(deps, run.runId, null, report)
    return describeBundle(report)
  })
}

/** Removes what an export that did not end has written; a thread that died has nothing left to end. */
async function endExport(thread: ArchiveThread): Promise<void> {
  await thread.call('endExport', []).catch(() => undefined)
}

async function chooseSigner(deps: ExportsDeps, sign: ExportRequest['sign']): Promise<Signer> {
  if (sign === 'never') return { identity: null, notSigned: 'It was asked for without a signature.' }
  try {
    return { identity: await deps.signing.identity(), notSigned: null }
  } catch (error) {
    if (sign === 'always' || !(error instanceof AppError)) throw error
    const { sentence, nextStep } = describeError(error.code, error.details)
    return { identity: null, notSigned: `${sentence} ${nextStep}` }
  }
}

async function custodyOf(
  deps: ExportsDeps,
  archive: KnownArchive,
  request: ExportRequest,
): Promise<Pick<BundleCustody, 'handedOverBy' | 'chosen'>> {
  const typed = request.handedOverBy.trim()
  const { operatorName } = await deps.settings.get()
  const osUser = userInfo().username
  const folders = await deps.reader().call('folders', [archive.path])
  const paths = new Map(folders.map(({ folderId, source, path }) => [folderId, `${path} of ${source}`]))
  const chosen = describeSelection(request.selection, (folderId) => paths.get(folderId) ?? null)
  if (typed !== '') return { handedOverBy: { name: typed, nameFrom: 'typed', osUser }, chosen }
  if (operatorName !== '')
    return { handedOverBy: { name: operatorName, nameFrom: 'settings', osUser }, chosen }
  return { handedOverBy: { name: osUser, nameFrom: 'operating_system', osUser }, chosen }
}

/** The bundle's file: named, in a named folder, or in the desk's own; never one that is there already. */
function chooseFile(dataDir: string, archiveName: string, request: ExportRequest, atMs: number): string {
  const { destination, encrypt, splitBytes } = request
  const stamp = new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '').replace('T', ' ')
  const named = destination === null ? join(dataDir, 'exports') : resolve(destination)
  const isFolder = destination === null || (existsSync(named) && statSync(named).isDirectory())
  const plain = isFolder ? join(named, `${safeSegment(archiveName)} ${stamp}.zip`) : named
  // The name says what the file is: an age file that is called .zip opens nowhere.
  const file = encrypt !== null && !/\.age$/i.test(plain) ? `${plain}.age` : plain
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch (error) {
    throw translateFileError(error, dirname(file))
  }
  const taken = [file, ...(splitBytes === null ? [] : [setSumsName(file)])].find((one) => existsSync(one))
  if (taken !== undefined) throw new AppError('record.conflict', { details: { what: 'file', file: taken } })
  return file
}
