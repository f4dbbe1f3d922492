import { z } from 'zod'
import { command, feature, nothing, query, started } from '../contract/define.ts'
import { exportEndpoints } from './export-endpoints.ts'
import { findEndpoints } from './find-endpoints.ts'
import { importEndpoints } from './import-endpoints.ts'
import { keyEndpoints } from './key-endpoints.ts'
import { pullEndpoints } from './pull-endpoints.ts'
import { archiveReport } from './reports.ts'
import { retentionEndpoints } from './retention-endpoints.ts'
import { safetyEndpoints } from './safety-endpoints.ts'
import {
  archiveFolder,
  archiveSummary,
  folderCoverage,
  messageRow,
  messageSort,
  readableMessage,
} from './types.ts'

const archiveRef = z.strictObject({ archiveId: z.string() })
const occurrenceRef = z.strictObject({ archiveId: z.string(), occurrenceId: z.number().int() })
const page = {
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
}
const messagePage = z.strictObject({ total: z.number(), messages: z.array(messageRow) })
const byArchive = (input: { readonly archiveId: string }) => `archive:${input.archiveId}`

const keptReport = z.strictObject({
  runId: z.string(),
  archiveId: z.string().nullable(),
  endedAtMs: z.number(),
  report: archiveReport,
})

const browsing = {
  folders: query(
    'Folders of an archive, by source and path.',
    archiveRef,
    z.strictObject({ folders: z.array(archiveFolder) }),
  ),
  coverage: query(
    'What each server folder had at the last pull, and what the archive lacks of it and why.',
    archiveRef,
    z.strictObject({ folders: z.array(folderCoverage) }),
  ),
  messages: query(
    'Messages of a folder, or of all folders, a page at a time.',
    z.strictObject({
      archiveId: z.string(),
      folderId: z.number().int().nullable().default(null),
      sort: messageSort.default('date'),
      descending: z.boolean().default(true),
      ...page,
    }),
    messagePage,
  ),
  readMessage: query('One message made readable.', occurrenceRef, readableMessage),
  readSource: query(
    'The bytes of a message as the server gave them, shown one byte a character (latin1).',
    occurrenceRef.extend({ maxBytes: z.number().int().min(1).max(4_000_000).default(500_000) }),
    z.strictObject({ text: z.string(), sizeBytes: z.number(), truncated: z.boolean() }),
  ),
  readAttachment: query(
    'One attachment, base64. Refused with `file.too_large` beyond 25 MB.',
    occurrenceRef.extend({ index: z.number().int().min(0) }),
    z.strictObject({
      filename: z.string(),
      mediaType: z.string(),
      sizeBytes: z.number(),
      contentBase64: z.string(),
    }),
  ),
}

const work = {
  serverFolders: query(
    'The folders that the server of a mailbox lists right now, to choose from before a pull.',
    z.strictObject({ mailboxId: z.string() }),
    z.strictObject({
      folders: z.array(z.strictObject({ path: z.string(), specialUse: z.string().nullable() })),
    }),
  ),
  pull: command(
    'Archive a mailbox: all folders, or the named ones. Only what is new is downloaded.',
    z.strictObject({
      archiveId: z.string(),
      mailboxId: z.string(),
      folders: z.array(z.string().max(1000)).max(10_000).nullable().default(null),
    }),
    started,
  ),
  verify: command(
    'Read every record, compare every hash and the index; report damage by message.',
    archiveRef,
    started,
  ),
  rebuildIndex: command('Make the index anew from the packs alone.', archiveRef, started),
  report: query(
    'What a finished pull, verify, rebuild, export or bundle check found.',
    z.strictObject({ runId: z.string() }),
    keptReport,
  ),
  reports: query(
    'Reports on an archive (or, with null, on bundles), newest first.',
    z.strictObject({ archiveId: z.string().nullable(), limit: z.number().int().min(1).max(200).default(20) }),
    z.strictObject({ reports: z.array(keptReport) }),
  ),
}

/** Archives: keep mail, browse it, prove that it is whole, hand it over. */
export const archiveContract = feature(
  'archive',
  {
    list: query(
      'Archives known to this desk, by name. Counting what is in them takes time: without `totals` that is left unknown.',
      z.strictObject({ totals: z.boolean().default(true) }),
      z.strictObject({ archives: z.array(archiveSummary) }),
    ),
    get: query('One archive.', archiveRef, archiveSummary),
    create: command(
      "Make an empty archive, in the desk's own folder or in another one that is empty.",
      z.strictObject({
        name: z.string().trim().min(1).max(100),
        path: z.string().max(4000).nullable().default(null),
        /** `default`: encrypted where this desk can keep the key (see `keyKeeping`), else plain. */
        encryption: z.enum(['default', 'on', 'off']).default('default'),
      }),
      /** The recovery key of an encrypted archive, shown this once; null where it is not encrypted. */
      archiveSummary.extend({ recoveryKey: z.string().nullable() }),
      () => 'archive:list',
    ),
    forget: command(
      'Take an archive off the list. Its files stay where they are.',
      archiveRef,
      nothing,
      byArchive,
    ),
    ...browsing,
    ...findEndpoints,
    ...pullEndpoints,
    ...exportEndpoints,
    ...importEndpoints,
    ...keyEndpoints,
    ...retentionEndpoints,
    ...safetyEndpoints,
    ...work,
  },
  {
    listChanged: z.strictObject({}),
    /** New mail, other flags, a new index: what is shown of this archive is out of date. */
    changed: z.strictObject({ archiveId: z.string() }),
    reported: z.strictObject({ runId: z.string(), archiveId: z.string().nullable() }),
  },
)
