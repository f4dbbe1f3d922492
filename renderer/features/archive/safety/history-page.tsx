import { useState } from 'react'
import { useParams } from 'react-router'
import type { OutputOf } from '../../../../core/contract/index.ts'
import { historyWords as words } from '../../../i18n/archive-safety.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import {
  Button,
  CopyableAddress,
  Facts,
  Finding,
  Group,
  Page,
  Panel,
  QueryView,
  RelativeTime,
  Stack,
  SwitchField,
  toastDone,
  toastError,
} from '../../../ui/index.ts'
import { ArchiveTabs } from '../archive-tabs.tsx'
import classes from '../archive.module.css'

const pageLines = 100
const mostLines = 500

/** /archive/:archiveId/history: who did what when, and whether the record of it holds. */
export function HistoryPage() {
  const { archiveId = '' } = useParams()
  const [all, setAll] = useState(false)
  const [limit, setLimit] = useState(pageLines)
  const archive = useQueryOf('archive.get', { archiveId })
  const history = useQueryOf('archive.ledger', { archiveId, limit, withoutAdditions: !all })
  const sign = useCommand('archive.signLedger')
  return (
    <Page
      title={archive.data?.name ?? words.title}
      lead={words.lead}
      tabs={<ArchiveTabs archiveId={archiveId} current="history" />}
      actions={
        <Button
          disabled={archive.data?.state !== 'ready'}
          loading={sign.isPending}
          onClick={() =>
            sign.mutate(
              { archiveId },
              { onSuccess: ({ signs }) => toastDone(words.signed(signs)), onError: toastError },
            )
          }
        >
          {words.sign}
        </Button>
      }
    >
      <Stack gap="md">
        <QueryView query={history} rows={6}>
          {(known) => (
            <Stack gap="md">
              <Chain history={known} />
              <Panel
                title={words.title}
                flush
                aside={<SwitchField label={words.all} value={all} error={null} onChange={setAll} />}
              >
                <Lines history={known} />
                {known.lines.length < known.total && limit < mostLines && (
                  <Group p="sm">
                    <Button onClick={() => setLimit(mostLines)}>{words.more}</Button>
                    <span className={classes.quiet}>{words.shown(known.lines.length, known.total)}</span>
                  </Group>
                )}
              </Panel>
            </Stack>
          )}
        </QueryView>
      </Stack>
    </Page>
  )
}

type History = OutputOf<'archive.ledger'>

function Chain({ history }: { readonly history: History }) {
  const { broken, lastSha256, signatures } = history
  const held = signatures.filter(({ holds }) => holds).length
  if (broken !== null)
    return <Finding state="fail" what={words.broken(broken.line, broken.problem)} now={words.brokenNow} />
  if (lastSha256 === null) return <Finding state="unknown" what={words.empty} />
  const isSound = held === signatures.length
  return (
    <Finding
      state={isSound ? 'pass' : 'fail'}
      what={
        signatures.length === 0 ? words.holds : `${words.holds} ${words.signatures(held, signatures.length)}.`
      }
      meta={
        <Facts
          facts={[
            [
              words.lastHash,
              <span key="hash" className={classes.hash}>
                <CopyableAddress address={lastSha256} />
              </span>,
            ],
            ['', words.lastHashHint],
          ]}
        />
      }
    />
  )
}

function Lines({ history }: { readonly history: History }) {
  if (history.lines.length === 0) return <p className={classes.panelHint}>{words.empty}</p>
  return (
    <ol reversed>
      {history.lines.map(({ seq, atMs, says }) => (
        <li key={seq} className={classes.keptRow}>
          <div>
            <bdi>{says}</bdi>
          </div>
          <span className={classes.quiet}>
            {words.columns.seq} {seq} · <RelativeTime atMs={atMs} />
          </span>
        </li>
      ))}
    </ol>
  )
}
