import type { SearchFacets } from '../../../core/archive/find-endpoints.ts'
import { facetWords as words } from '../../i18n/archive-find.ts'
import { formatCount } from '../../i18n/format.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Button, DetailPane, Group, Hint, Panel, QueryView, UnstyledButton } from '../../ui/index.ts'
import { narrowed } from './narrowed.ts'
import { plainSender } from './plain-sender.ts'
import classes from './search-results.module.css'
import type { ArchiveAddress } from './use-archive-address.ts'
import { useSettled } from './use-settled.ts'

/** Counting all that was found takes longer than finding the first: it waits until nobody types. */
const settleMs = 400

/** How what was found spreads; each count narrows the search by an operator that can be read and taken back. */
export function FoundPanel(props: {
  readonly archiveId: string
  readonly address: ArchiveAddress
  readonly text: string
  readonly onExport: () => void
  readonly onRestore: () => void
}) {
  const { archiveId, address } = props
  const text = useSettled(props.text, settleMs)
  const { folderId } = address
  const facets = useQueryOf('archive.searchFacets', { archiveId, folderId, text }, { keepPrevious: true })
  return (
    <DetailPane>
      <QueryView query={facets} rows={6}>
        {(data) => (
          <Panel
            title={words.title}
            aside={
              data.total > 0 && (
                <Group gap="xs">
                  <Button size="compact-sm" onClick={props.onRestore}>
                    {words.restore}
                  </Button>
                  <Button size="compact-sm" onClick={props.onExport}>
                    {words.export}
                  </Button>
                </Group>
              )
            }
          >
            <Groups data={data} onNarrow={(term) => address.find(narrowed(address.text, term))} />
          </Panel>
        )}
      </QueryView>
    </DetailPane>
  )
}

function Groups(props: { readonly data: SearchFacets; readonly onNarrow: (term: string) => void }) {
  const { total, totalIsExact } = props.data
  if (total === 0) return <Hint>{words.nothing}</Hint>
  return (
    <>
      <Hint>{totalIsExact ? words.lead : words.leadNewest(total)}</Hint>
      <div className={classes.facets}>
        {groupsOf(props.data).map(({ title, facets }) => (
          <section key={title} className={classes.facetGroup}>
            <h3 className={classes.facetTitle}>{title}</h3>
            {facets.map(({ term, label, count }) => (
              <UnstyledButton
                key={term}
                className={classes.facet}
                aria-label={words.narrow(label, count)}
                onClick={() => props.onNarrow(term)}
              >
                <bdi className={classes.facetLabel}>{label}</bdi>
                <span className={classes.facetCount}>{formatCount(count)}</span>
              </UnstyledButton>
            ))}
          </section>
        ))}
      </div>
    </>
  )
}

interface Facet {
  readonly label: string
  readonly term: string
  readonly count: number
}

const mostFolders = 12

function groupsOf(
  data: SearchFacets,
): readonly { readonly title: string; readonly facets: readonly Facet[] }[] {
  const { folders, senders, years, sources, withAttachment } = data
  const severalSources = sources.length > 1
  // Several addresses under one name, as in spam: then the address tells them apart.
  const names = senders.map(({ sender }) => plainSender(sender))
  const isNamesake = (sender: string) => names.filter((name) => name === plainSender(sender)).length > 1
  const groups = [
    {
      title: words.groups.folders,
      facets: folders.slice(0, mostFolders).map(({ source, path, count }) => ({
        label: severalSources ? `${path} · ${source}` : path,
        term: `in:${quoted(path)}${severalSources ? ` mailbox:${quoted(source)}` : ''}`,
        count,
      })),
    },
    {
      title: words.groups.senders,
      facets: senders
        .filter(({ sender }) => sender !== '')
        .map(({ sender, count }) => ({
          label: isNamesake(sender) ? sender : plainSender(sender),
          term: `from:${quoted(/<([^<>]+)>/.exec(sender)?.[1] ?? sender)}`,
          count,
        })),
    },
    {
      title: words.groups.years,
      facets: years.map(({ year, count }) => ({ label: String(year), term: `on:${year}`, count })),
    },
    {
      title: words.groups.sources,
      facets: severalSources
        ? sources.map(({ source, count }) => ({ label: source, term: `mailbox:${quoted(source)}`, count }))
        : [],
    },
    {
      title: words.groups.files,
      facets:
        withAttachment === 0
          ? []
          : [{ label: words.withAttachment, term: 'has:attachment', count: withAttachment }],
    },
  ]
  return groups.filter(({ facets }) => facets.length > 0)
}

function quoted(value: string): string {
  return /^[^\s()"]+$/.test(value) ? value : `"${value.replaceAll('"', ' ')}"`
}
