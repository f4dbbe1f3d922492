import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../../../core/errors.ts'
import { drillRecord } from '../../../../core/restore/drill.ts'
import type { SignedDrill } from '../../../../core/restore/drill.ts'
import { drillPage } from './html.ts'
import { checkSigned } from './signed.ts'
import type { DrillCheck } from './signed.ts'

const maxRecordBytes = 25_000_000

/** Writes the signed record, and beside it a page for people. Errors: `record.conflict`, `file.not_writable`. */
export function writeRecord(signed: SignedDrill, destination: string | null, dataDir: string) {
  const record = drillRecord.parse(JSON.parse(signed.record))
  const stamp = record.startedAt.slice(0, 19).replaceAll(':', '').replace('T', ' ')
  const name = `Recovery drill ${stamp}.json`
  const named = destination === null ? join(dataDir, 'drills') : resolve(destination)
  const isFolder = destination === null || (existsSync(named) && statSync(named).isDirectory())
  const json = isFolder ? join(named, name) : named
  const html = json.replace(/(\.json)?$/i, '.html')
  const taken = [json, html].find((file) => existsSync(file))
  if (taken !== undefined && destination !== null)
    throw new AppError('record.conflict', { details: { reason: `${taken} is there already` } })
  try {
    mkdirSync(dirname(json), { recursive: true })
    writeFileSync(json, `${JSON.stringify(signed, null, 2)}\n`)
    writeFileSync(html, drillPage(record, signed))
  } catch (cause) {
    throw new AppError('file.not_writable', { details: { file: json }, cause })
  }
  return { json, html }
}

/** Checks a record in a file. Errors: `file.not_found`, `file.too_large`, `file.not_readable`. */
export function verifyRecord(path: string): DrillCheck {
  const file = resolve(path)
  if (!existsSync(file)) throw new AppError('file.not_found', { details: { file } })
  if (statSync(file).size > maxRecordBytes)
    throw new AppError('file.too_large', { details: { file, limit: '25 MB' } })
  try {
    return checkSigned(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new AppError('file.not_readable', { details: { file }, cause })
  }
}
