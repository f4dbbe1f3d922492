import { z } from 'zod'
import { command, query, started } from '../contract/define.ts'
import { messageRow } from './types.ts'

/** Start and end of a stretch to mark, in UTF-16 code units; plain text, never HTML. */
const hits = z.array(z.tuple([z.number(), z.number()]))

/** How much of an archive the full text knows. */
export const textCoverage = z.strictObject({
  /** Messages whose text is searchable, and messages in all. */
  indexed: z.number(),
  total: z.number(),
  /** Whether the rest is being worked on right now. */
  running: z.boolean(),
  /** Why the text could not be made searchable; null when nothing went wrong. */
  problem: z.string().nullable(),
})
export type TextCoverage = z.infer<typeof textCoverage>

/** A piece of text with what was found in it. */
export const snippet = z.strictObject({
  text: z.string(),
  hits,
  /** The attachment that it is from; null for the message's own text. */
  file: z.string().nullable(),
})
export type Snippet = z.infer<typeof snippet>

/** A message that a search found. */
export const foundMessage = messageRow.extend({
  /** Null for a message whose text is not kept here, or that has none. */
  snippet: snippet.nullable(),
  subjectHits: hits,
  fromHits: hits,
})
export type FoundMessage = z.infer<typeof foundMessage>

const question = {
  archiveId: z.string(),
  /** In the language of `core/archive/query.ts`: words, "phrases", -not, OR, from:, before:, type: … */
  text: z.string().min(1).max(1000),
  folderId: z.number().int().nullable().default(null),
}

/** What the question itself lacks; then nothing is found, rather than something else. */
const problems = z.array(z.string())

const facet = z.strictObject({ count: z.number() })

/** How what was found spreads over folders, senders, years. */
export const searchFacets = z.strictObject({
  problems,
  total: z.number(),
  /** False: only the newest 50,000 were counted. */
  totalIsExact: z.boolean(),
  folders: z.array(facet.extend({ folderId: z.number(), source: z.string(), path: z.string() })),
  sources: z.array(facet.extend({ source: z.string() })),
  /** The ten most frequent. */
  senders: z.array(facet.extend({ sender: z.string() })),
  years: z.array(facet.extend({ year: z.number() })),
  withAttachment: z.number(),
})
export type SearchFacets = z.infer<typeof searchFacets>

export const searchOrder = z.enum(['relevance', 'newest'])
export type SearchOrder = z.infer<typeof searchOrder>

/** Finding messages by their text. */
export const findEndpoints = {
  search: query(
    'Messages that a question finds, in headers, text and attachments, by relevance or newest first.',
    z.strictObject({
      ...question,
      order: searchOrder.default('relevance'),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(500).default(50),
    }),
    z.strictObject({
      problems,
      total: z.number(),
      /** False: there are more than `total`; by relevance, only the newest 1,000 are put in order. */
      totalIsExact: z.boolean(),
      messages: z.array(foundMessage),
      text: textCoverage,
    }),
  ),
  searchFacets: query(
    'How many of the found messages are in which folder, of which sender, year and mailbox.',
    z.strictObject(question),
    searchFacets,
  ),
  thread: query(
    'The conversation of a message, oldest first: by References and In-Reply-To, and by subject where they are missing.',
    z.strictObject({ archiveId: z.string(), occurrenceId: z.number().int() }),
    z.strictObject({ messages: z.array(messageRow), truncated: z.boolean() }),
  ),
  textCoverage: query(
    'How much of an archive is searchable by its text.',
    z.strictObject({ archiveId: z.string() }),
    textCoverage,
  ),
  textProblems: query(
    'What of one message could not be read for the search, and why.',
    z.strictObject({ archiveId: z.string(), occurrenceId: z.number().int() }),
    z.strictObject({
      indexed: z.boolean(),
      problems: z.array(z.strictObject({ file: z.string(), problem: z.string() })),
    }),
  ),
  indexText: command(
    'Make the text of all messages searchable. It happens by itself, too; this one can be waited for.',
    z.strictObject({ archiveId: z.string() }),
    started,
  ),
}
