import { useState } from 'react'
import type { FolderCoverage, PullFailure } from '../../../core/archive/types.ts'
import { coverageWords } from '../../i18n/archive.ts'
import { pullWords as words } from '../../i18n/archive-pull.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Button, Dialog, Hint, MachineText, QueryView } from '../../ui/index.ts'
import classes from './archive.module.css'

interface Failed {
  readonly folderId: number
  readonly path: string
  readonly failure: PullFailure
}

/** What could not be had and why: messages with what came of them, and folders that were not pulled to their end. */
export function PullFailures(props: {
  readonly archiveId: string
  readonly folders: readonly FolderCoverage[]
}) {
  const [opened, setOpened] = useState<Failed | null>(null)
  const unfinished = props.folders.filter((folder) => folder.unfinished !== null)
  const failed = props.folders.flatMap(({ folderId, path, failures }): readonly Failed[] =>
    failures.map((failure) => ({ folderId, path, failure })),
  )
  return (
    <>
      {unfinished.length > 0 && (
        <div className={classes.failures}>
          <h3 className={classes.failuresTitle}>{words.unfinishedTitle}</h3>
          <ul>
            {unfinished.slice(0, 200).map(({ folderId, path, unfinished: why }) => (
              <li key={folderId}>
                <strong>
                  <bdi>{path}</bdi>
                </strong>
                : {why}
              </li>
            ))}
          </ul>
        </div>
      )}
      {failed.length > 0 && (
        <div className={classes.failures}>
          <h3 className={classes.failuresTitle}>{coverageWords.failures}</h3>
          <ul>
            {failed.slice(0, 200).map((one) => (
              <FailedMessage
                key={`${one.folderId}/${one.failure.uidValidity}/${one.failure.uid}`}
                failed={one}
                onShow={() => setOpened(one)}
              />
            ))}
          </ul>
        </div>
      )}
      {opened !== null && (
        <Dialog
          opened
          onClose={() => setOpened(null)}
          size="xl"
          title={words.partTitle(opened.path, opened.failure.uid)}
        >
          <Part archiveId={props.archiveId} failed={opened} />
        </Dialog>
      )}
    </>
  )
}

function FailedMessage(props: { readonly failed: Failed; readonly onShow: () => void }) {
  const { path, failure } = props.failed
  return (
    <li>
      <strong>
        <bdi>{coverageWords.failure(path, failure.uid)}</bdi>
      </strong>
      : {failure.reason}{' '}
      {failure.part !== null && (
        <Button variant="subtle" size="compact-xs" onClick={props.onShow}>
          {words.showPart(failure.part.sizeBytes)}
        </Button>
      )}
    </li>
  )
}

function Part(props: { readonly archiveId: string; readonly failed: Failed }) {
  const { folderId, failure } = props.failed
  const { uidValidity, uid } = failure
  const part = useQueryOf('archive.failurePart', { archiveId: props.archiveId, folderId, uidValidity, uid })
  return (
    <QueryView query={part} rows={6}>
      {({ path, text }) => (
        <>
          <Hint>{words.partHint(path)}</Hint>
          <MachineText block label={words.partTitle(props.failed.path, uid)}>
            {text}
          </MachineText>
        </>
      )}
    </QueryView>
  )
}
