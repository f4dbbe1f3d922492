import { useState } from 'react'
import type { ArchiveCopy } from '../../../../core/archive/safety-endpoints.ts'
import { copyStateOf, copyWords as words } from '../../../i18n/archive-safety.ts'
import { useCommand } from '../../../ipc/index.ts'
import { Button, ConfirmAct, Group, Menu, RelativeTime, StateBadge, toastError } from '../../../ui/index.ts'
import classes from '../archive.module.css'

/** One second copy: where, how it stands, what can be done with it. */
export function CopyRow({ copy }: { readonly copy: ArchiveCopy }) {
  const [asked, setAsked] = useState<'remove' | 'promote' | null>(null)
  const { copyId, path, automatic, syncedAtMs, verifiedAtMs } = copy
  const { mark, says } = copyStateOf(copy.state, copy.behindBytes)
  const remove = useCommand('archive.removeCopy')
  const promote = useCommand('archive.promoteCopy')
  const close = () => setAsked(null)
  return (
    <li className={classes.keptRow}>
      <div>
        <strong>
          <bdi>{path}</bdi>
        </strong>
        <p>
          <StateBadge state={mark}>{says}</StateBadge>
        </p>
        <p className={classes.quiet}>
          {automatic ? words.automaticOn : words.automaticOff} · {words.synced} <When atMs={syncedAtMs} /> ·{' '}
          {words.checked} <When atMs={verifiedAtMs} />
        </p>
      </div>
      <CopyActs copy={copy} onAsk={setAsked} />
      <ConfirmAct
        opened={asked === 'remove'}
        onClose={close}
        title={words.removeTitle}
        what={words.removeWhat(path)}
        cannotBeUndone={words.removeCannot}
        wayBack={words.removeBack}
        actLabel={words.remove}
        onConfirm={() => remove.mutateAsync({ copyId, deleteFiles: false })}
      />
      <ConfirmAct
        opened={asked === 'promote'}
        onClose={close}
        title={words.promoteTitle}
        what={words.promoteWhat(path)}
        cannotBeUndone={words.promoteCannot}
        wayBack={words.promoteBack}
        actLabel={words.promote}
        onConfirm={() => promote.mutateAsync({ path, replace: false })}
      />
    </li>
  )
}

function CopyActs(props: {
  readonly copy: ArchiveCopy
  readonly onAsk: (what: 'remove' | 'promote') => void
}) {
  const { copyId, path, state, automatic } = props.copy
  const sync = useCommand('archive.syncCopy')
  const check = useCommand('archive.verifyCopy')
  const set = useCommand('archive.setCopy')
  const isThere = state === 'in_step' || state === 'behind' || state === 'damaged'
  const mend = state === 'damaged'
  const start = () => sync.mutate({ copyId, mend }, { onError: toastError })
  return (
    <Group gap="xs">
      {state === 'archive_gone' ? (
        <Button size="compact-sm" variant="filled" onClick={() => props.onAsk('promote')}>
          {words.promote}
        </Button>
      ) : (
        <Button size="compact-sm" disabled={!isThere} loading={sync.isPending} onClick={start}>
          {mend ? words.mend : words.sync}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" aria-label={words.menu(path)}>
            …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!isThere} onClick={() => check.mutate({ copyId }, { onError: toastError })}>
            {words.check}
          </Menu.Item>
          <Menu.Item onClick={() => set.mutate({ copyId, automatic: !automatic }, { onError: toastError })}>
            {automatic ? words.automaticOff : words.automaticOn}
          </Menu.Item>
          <Menu.Item onClick={() => props.onAsk('remove')}>{words.remove}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

function When({ atMs }: { readonly atMs: number | null }) {
  return atMs === null ? words.never : <RelativeTime atMs={atMs} />
}
