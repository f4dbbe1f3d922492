import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { archiveWords, nextSteps, oneArchiveWords as words } from '../../i18n/archive.ts'
import { restoreFormWords } from '../../i18n/restore.ts'
import { importWords } from '../../i18n/import.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  ConfirmAct,
  EmptyState,
  Group,
  Menu,
  Page,
  QueryView,
  SplitView,
  StateBadge,
  toastDone,
  toastError,
  useHotkeys,
} from '../../ui/index.ts'
import { ArchiveTabs } from './archive-tabs.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { FoundPanel } from './found-panel.tsx'
import { UnlockForm } from './keys/unlock-form.tsx'
import { MessageContext } from './message-context.tsx'
import { MessageList } from './message-list.tsx'
import { MessageReader } from './message-reader.tsx'
import { Overview } from './overview.tsx'
import { PullDialog } from './pull-dialog.tsx'
import { RestoreDialog } from './restore/restore-dialog.tsx'
import { useArchiveAddress } from './use-archive-address.ts'

/**
 * /archive/:archiveId (?folder= &q= &message= &ticket=): its messages, and beside them the overview or one message. Where there
 * is room for one of them only, ?overview=1 is the way to the overview.
 */
export function ArchivePage() {
  const { archiveId = '' } = useParams()
  const archive = useQueryOf('archive.get', { archiveId })
  return (
    <QueryView query={archive} rows={6}>
      {(summary) => <OneArchive archive={summary} />}
    </QueryView>
  )
}

function OneArchive(props: { readonly archive: ArchiveSummary }) {
  const { archive } = props
  const address = useArchiveAddress()
  const [query] = useSearchParams()
  const [dialog, setDialog] = useState<'pull' | 'export' | 'import' | 'restore' | 'forget' | null>(
    query.has('mailbox') ? 'pull' : null,
  )
  const close = () => setDialog(null)
  const usable = archive.state === 'ready'
  useHotkeys(
    words.shortcuts,
    [
      { keys: 'p', label: archiveWords.pull, run: () => setDialog('pull') },
      { keys: 'e', label: words.export, run: () => setDialog('export') },
      { keys: 'Escape', label: words.back, run: () => address.showMessage(null) },
    ],
    usable,
  )
  return (
    <Page
      title={archive.name}
      lead={words.lead(archive.messageCount, archive.mailBytes)}
      width="full"
      tabs={<ArchiveTabs archiveId={archive.archiveId} current="mail" />}
      actions={<Actions archive={archive} onDialog={setDialog} />}
    >
      {usable ? (
        <SplitView
          name="archive"
          list={<MessageList archiveId={archive.archiveId} address={address} />}
          detail={
            address.occurrenceId === null && address.text.trim() !== '' ? (
              <FoundPanel
                archiveId={archive.archiveId}
                address={address}
                text={address.text}
                onExport={() => setDialog('export')}
                onRestore={() => setDialog('restore')}
              />
            ) : address.occurrenceId === null ? (
              <Overview archive={archive} onFolder={address.showFolder} onPull={() => setDialog('pull')} />
            ) : (
              <MessageReader
                key={address.occurrenceId}
                archiveId={archive.archiveId}
                occurrenceId={address.occurrenceId}
              />
            )
          }
          context={
            address.occurrenceId === null ? null : (
              <MessageContext
                archiveId={archive.archiveId}
                occurrenceId={address.occurrenceId}
                onOpen={address.showMessage}
              />
            )
          }
          showsDetail={address.occurrenceId !== null || query.has('overview')}
          back={{ label: words.list, to: addressWith(query, {}) }}
          ahead={{ label: words.back, to: addressWith(query, { overview: '1' }) }}
        />
      ) : (
        <NotUsable archive={archive} />
      )}
      <PullDialog
        opened={dialog === 'pull'}
        mailboxId={query.get('mailbox')}
        archiveId={archive.archiveId}
        onClose={close}
        onStarted={close}
      />
      <ExportDialog opened={dialog === 'export'} archive={archive} address={address} onClose={close} />
      <RestoreDialog opened={dialog === 'restore'} archive={archive} address={address} onClose={close} />
      <ImportDialog opened={dialog === 'import'} archiveId={archive.archiveId} onClose={close} />
      <ForgetDialog opened={dialog === 'forget'} archive={archive} onClose={close} />
    </Page>
  )
}

/** The address of the same list, with nothing open beside it but what is asked for. */
function addressWith(query: URLSearchParams, opened: Readonly<Record<string, string>>): string {
  const kept = [...query].filter(([name]) => name !== 'message' && name !== 'overview')
  return `?${new URLSearchParams([...kept, ...Object.entries(opened)]).toString()}`
}

function Actions(props: {
  readonly archive: ArchiveSummary
  readonly onDialog: (dialog: 'pull' | 'export' | 'import' | 'restore' | 'forget') => void
}) {
  const { archiveId, state, kind } = props.archive
  const verify = useCommand('archive.verify')
  const rebuild = useCommand('archive.rebuildIndex')
  const run = { archiveId }
  return (
    <Group gap="xs">
      <Button
        disabled={state !== 'ready'}
        loading={verify.isPending}
        onClick={() => verify.mutate(run, { onError: toastError })}
      >
        {words.verify}
      </Button>
      <Button disabled={state !== 'ready'} onClick={() => props.onDialog('export')}>
        {words.export}
      </Button>
      <Button disabled={state !== 'ready'} onClick={() => props.onDialog('restore')}>
        {restoreFormWords.open}
      </Button>
      {kind === 'archive' && (
        <Button variant="filled" disabled={state !== 'ready'} onClick={() => props.onDialog('pull')}>
          {archiveWords.pull}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button>{words.more}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kind === 'archive' && state === 'ready' && (
            <Menu.Item onClick={() => props.onDialog('import')}>{importWords.open}</Menu.Item>
          )}
          {kind === 'archive' && (
            <Menu.Item onClick={() => rebuild.mutate(run, { onError: toastError })}>
              {words.rebuild}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => props.onDialog('forget')}>{words.forget}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

/** An archive that cannot be browsed now says why, and what can be done. */
function NotUsable(props: { readonly archive: ArchiveSummary }) {
  const { archiveId, state, path } = props.archive
  const rebuild = useCommand('archive.rebuildIndex')
  if (state === 'key_missing' || state === 'key_locked') return <UnlockForm archive={props.archive} />
  return (
    <EmptyState
      title={archiveWords.states[state]}
      action={
        state === 'index_missing' ? (
          <Button
            variant="filled"
            loading={rebuild.isPending}
            onClick={() => rebuild.mutate({ archiveId }, { onError: toastError })}
          >
            {words.rebuild}
          </Button>
        ) : (
          <StateBadge state="unknown" />
        )
      }
    >
      {nextSteps[state] === undefined ? null : <p>{nextSteps[state]}</p>}
      <bdi>{path}</bdi>
    </EmptyState>
  )
}

function ForgetDialog(props: {
  readonly opened: boolean
  readonly archive: ArchiveSummary
  readonly onClose: () => void
}) {
  const { archiveId, name, path } = props.archive
  const navigate = useNavigate()
  const forget = useCommand('archive.forget')
  const open = useCommand('archive.open')
  return (
    <ConfirmAct
      opened={props.opened}
      onClose={props.onClose}
      title={words.forgetTitle(name)}
      what={words.forgetWhat}
      cannotBeUndone={words.forgetUndone}
      wayBack={words.forgetBack(path)}
      actLabel={words.forget}
      onConfirm={async () => {
        await forget.mutateAsync({ archiveId })
        toastDone(`${words.forget}: ${name}`, () => open.mutate({ path }, { onError: toastError }))
        await navigate('/archive')
      }}
    />
  )
}
