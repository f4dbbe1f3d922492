import { z } from 'zod'
import { command, query, started } from '../contract/define.ts'
import { importPreview } from './imports.ts'
import { mboxVariant } from './mbox-variants.ts'

const place = {
  path: z.string().min(1).max(4000),
  /** Passphrase or age identity of an encrypted bundle; null for anything else. */
  secret: z.string().min(1).max(10_000).nullable().default(null),
}

/** Mail from elsewhere: files of other programs, other archives, bundles. */
export const importEndpoints = {
  inspectImport: query(
    'What mail stands at a path, before anything is imported.',
    z.strictObject(place),
    importPreview,
  ),
  import: command(
    'Bring mail from files into an archive: mbox, Maildir, EML, Apple Mail, Takeout, another archive, a bundle.',
    z.strictObject({
      archiveId: z.string(),
      ...place,
      /** Whose mail it is; null: the owner that the mail names most often, else the name of the file. */
      source: z.string().trim().min(1).max(320).nullable().default(null),
      /** The kind of the mbox files; null: each is recognised by its beginning. */
      variant: mboxVariant.nullable().default(null),
    }),
    started,
    ({ archiveId }) => `archive:${archiveId}`,
  ),
}
