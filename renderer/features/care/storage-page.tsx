import { Link, useParams } from 'react-router'
import { describeForecast } from '../../../core/care/outcomes.ts'
import type { OutputOf } from '../../../core/contract/index.ts'
import { careWords, storageWords as words } from '../../i18n/care.ts'
import { formatBytes, formatCount, formatRelative } from '../../i18n/format.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  EmptyState,
  Finding,
  Group,
  Page,
  Panel,
  QueryView,
  Stack,
  StatTile,
  toastDone,
  toastError,
  useHotkeys,
  useNow,
} from '../../ui/index.ts'
import classes from './care.module.css'
import { LiveJobs } from './live-jobs.tsx'
import { RunsTable } from './runs-table.tsx'
import { StorageTabs } from './storage-tabs.tsx'
import { nearlyFull } from './use-bar.tsx'

type Scan = NonNullable<OutputOf<'care.storage'>['scan']>

/** /care/:mailboxId: what fills one mailbox, from its last scan; readable offline. */
export function StoragePage() {
  const { mailboxId = '' } = useParams()
  const mailbox = useQueryOf('accounts.getMailbox', { mailboxId })
  const storage = useQueryOf('care.storage', { mailboxId })
  const scan = useCommand('care.scan')
  const nowMs = useNow()
  const start = (): void =>
    scan.mutate({ mailboxId }, { onSuccess: () => toastDone(careWords.scanStarted), onError: toastError })
  useHotkeys(careWords.place, [{ keys: 's', label: careWords.scan, run: start }])
  const atMs = storage.data?.scan?.atMs
  return (
    <Page
      title={mailbox.data?.mailbox.address ?? careWords.title}
      lead={atMs === undefined ? undefined : words.lead(formatRelative(atMs, Math.max(nowMs, atMs)))}
      actions={
        <Group gap="xs">
          <Button component={Link} to={`/care/junk?mailbox=${mailboxId}`}>
            {careWords.junk}
          </Button>
          <Button component={Link} to={`/care/plans?new=1&mailbox=${mailboxId}`}>
            {words.makePlan}
          </Button>
          <Button variant="filled" loading={scan.isPending} onClick={start}>
            {careWords.scan}
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        <LiveJobs />
        <QueryView query={storage} rows={6}>
          {(data) =>
            data.scan === null ? (
              <EmptyState title={words.never} action={<Button onClick={start}>{careWords.scan}</Button>}>
                {words.neverText}
              </EmptyState>
            ) : (
              <Stack gap="md">
                <StorageFinding scan={data.scan} mailboxId={mailboxId} />
                <Tiles scan={data.scan} />
                <StorageTabs report={data.scan.report} />
              </Stack>
            )
          }
        </QueryView>
        <section id="runs">
          <Panel title={words.runs} flush>
            <RunsTable mailboxId={mailboxId} planId={null} empty={words.noRuns} />
          </Panel>
        </section>
      </Stack>
    </Page>
  )
}

const soonMs = 60 * 86_400_000

/** What is wrong, who must act, what to do now. */
function StorageFinding(props: { readonly scan: Scan; readonly mailboxId: string }) {
  const { report, forecast, atMs } = props.scan
  const { quota } = report
  const share =
    quota?.limitBytes == null || quota.limitBytes === 0 ? null : quota.usedBytes / quota.limitBytes
  const fillsSoon = forecast.kind === 'fills' && (forecast.atMs ?? Infinity) - atMs < soonMs
  const needsRoom = share !== null && (share >= nearlyFull || fillsSoon)
  const what =
    share === null
      ? words.unknownState
      : share >= 1
        ? words.full
        : share >= nearlyFull
          ? words.nearlyFull(careWords.percent(share))
          : fillsSoon
            ? words.fillsSoon(describeForecast(forecast))
            : words.fine
  return (
    <Finding
      state={share === null ? 'unknown' : share >= 1 ? 'fail' : needsRoom ? 'warning' : 'pass'}
      what={what}
      who={needsRoom ? words.who : words.nobody}
      now={needsRoom ? words.nowClean : words.nowNothing}
      meta={describeForecast(forecast)}
      {...(needsRoom && {
        actions: (
          <Button variant="filled" component={Link} to={`/care/plans?new=1&mailbox=${props.mailboxId}`}>
            {words.makePlan}
          </Button>
        ),
      })}
    />
  )
}

function Tiles(props: { readonly scan: Scan }) {
  const { report, forecast } = props.scan
  const { quota, duplicates } = report
  const limit = quota?.limitBytes ?? null
  return (
    <div className={classes.tiles}>
      <StatTile
        label={words.tiles.used}
        value={quota === null ? null : formatBytes(quota.usedBytes)}
        rule={words.usedRule}
        {...(limit !== null && { unit: words.ofLimit(limit) })}
      />
      <StatTile
        label={words.tiles.messages}
        value={`${formatCount(report.messages)} · ${formatBytes(report.sizeBytes)}`}
        rule={words.messagesRule}
      />
      <StatTile
        label={words.tiles.fills}
        value={
          forecast.kind === 'fills' && forecast.atMs !== null
            ? new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(forecast.atMs)
            : forecast.kind === 'full'
              ? describeForecast(forecast).split(':')[0]
              : forecast.kind === 'unknown'
                ? null
                : describeForecast(forecast).split(' (')[0]
        }
        rule={describeForecast(forecast)}
      />
      <StatTile
        label={words.tiles.duplicates}
        value={`${formatCount(duplicates.extraCopies)} · ${formatBytes(duplicates.extraBytes)}`}
        rule={words.duplicatesRule}
      />
    </div>
  )
}
