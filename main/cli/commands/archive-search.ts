import type { Command } from 'commander'
import type { FoundMessage } from '../../../core/archive/find-endpoints.ts'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { count } from '../../../core/archive/outcomes.ts'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'

type SearchOptions = GlobalOptions & { readonly limit: string; readonly newest?: boolean }

/** `desk archive search`: the same questions as on the screen. */
export function registerSearch(
  archive: Command,
  findArchive: (cli: CliDesk, named: string) => Promise<ArchiveSummary>,
): void {
  archive
    .command('search')
    .argument('<archive>')
    .argument(
      '<question>',
      'words, "phrases", -not, OR, from: to: subject: in: before: after: type: size: is: …',
    )
    .option('--limit <n>', 'at most so many', '50')
    .option('--newest', 'the newest first, rather than the most fitting')
    .description('Find messages by headers, text and attachments; makes the text searchable first')
    .action((named: string, question: string, _: unknown, command: Command) =>
      search(command.optsWithGlobals<SearchOptions>(), (cli) => findArchive(cli, named), question),
    )
}

async function search(
  options: SearchOptions,
  find: (cli: CliDesk) => Promise<ArchiveSummary>,
  text: string,
): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await find(cli)
    await makeSearchable(cli, archiveId)
    const order = options.newest === true ? 'newest' : 'relevance'
    const found = await cli.call('archive.search', { archiveId, text, order, limit: Number(options.limit) })
    if (found.problems.length > 0)
      throw new AppError('archive.bad_query', { details: { problem: found.problems.join(' ') } })
    print(options, found, () => {
      const { total, totalIsExact, messages } = found
      const ofNewest = order === 'relevance' ? `; these fit best among the newest ${total}` : ''
      const summary = totalIsExact
        ? `${count(total, 'message')} found.`
        : `More than ${count(total, 'message')} found${ofNewest}.`
      return [summary, ...messages.map(describe)].join('\n')
    })
  })
}

/** On the command line nothing goes on behind the answer: it waits until everything can be found. */
async function makeSearchable(cli: CliDesk, archiveId: string): Promise<void> {
  const { indexed, total } = await cli.call('archive.textCoverage', { archiveId })
  if (indexed >= total) return
  const { runId } = await cli.call('archive.indexText', { archiveId })
  await cli.follow(runId)
}

function describe({ dateMs, from, subject, snippet }: FoundMessage): string {
  const date = dateMs === null ? '-' : new Date(dateMs).toISOString().slice(0, 16).replace('T', ' ')
  const piece =
    snippet === null ? '' : `\n      ${snippet.file === null ? '' : `${snippet.file}: `}${snippet.text}`
  return `${date}  ${from}  ${subject}${piece}`
}
