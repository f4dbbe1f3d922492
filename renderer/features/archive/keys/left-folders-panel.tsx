import { useState } from 'react'
import type { LeftFolder } from '../../../../core/archive/keys.ts'
import { leftFolderWords as words } from '../../../i18n/archive-standing.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import { Button, ConfirmAct, Panel, RelativeTime, StateBadge, toastDone } from '../../../ui/index.ts'
import classes from '../archive.module.css'

/** The folders that an archive was in before it was encrypted or decrypted, while they are there; else nothing. */
export function LeftFoldersPanel({ archiveId }: { readonly archiveId: string }) {
  const left = useQueryOf('archive.leftFolders', { archiveId })
  if (left.data === undefined || left.data.folders.length === 0) return null
  return (
    <Panel title={words.title} flush>
      <p className={classes.panelHint}>{words.hint}</p>
      <ul>
        {left.data.folders.map((folder) => (
          <LeftFolderRow key={folder.path} archiveId={archiveId} folder={folder} />
        ))}
      </ul>
    </Panel>
  )
}

function LeftFolderRow(props: { readonly archiveId: string; readonly folder: LeftFolder }) {
  const { archiveId } = props
  const { path, isEncrypted, isContained, sizeBytes, leftAtMs } = props.folder
  const [asks, setAsks] = useState(false)
  const remove = useCommand('archive.deleteLeftFolder')
  return (
    <li className={classes.keptRow}>
      <div>
        <strong>
          <bdi>{path}</bdi>
        </strong>
        <p>
          <StateBadge state={isEncrypted ? 'unknown' : 'warning'}>
            {isEncrypted ? words.encrypted : words.plain}
          </StateBadge>
          {!isEncrypted && ` ${words.plainMeans}`}
        </p>
        <p className={classes.quiet}>
          {words.size(sizeBytes)} · {words.left} <RelativeTime atMs={leftAtMs} />
        </p>
        {!isContained && <p>{words.changed}</p>}
      </div>
      {isContained && (
        <Button size="compact-sm" onClick={() => setAsks(true)}>
          {words.act}
        </Button>
      )}
      <ConfirmAct
        opened={asks}
        onClose={() => setAsks(false)}
        title={words.confirmTitle}
        what={words.confirmWhat(path)}
        howMany={words.size(sizeBytes)}
        cannotBeUndone={words.cannot}
        wayBack={words.wayBack}
        actLabel={words.act}
        onConfirm={async () => {
          await remove.mutateAsync({ archiveId, path })
          toastDone(words.done)
        }}
      />
    </li>
  )
}
