import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { JunkMessage } from '../../../core/care/junk.ts'
import { careWords } from '../../i18n/care.ts'
import { junkWords as words } from '../../i18n/care-junk.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, EmptyState, Page, Stack, toastError } from '../../ui/index.ts'
import { JunkForm } from './junk-form.tsx'
import type { JunkWish } from './junk-form.tsx'
import { JunkFound } from './junk-found.tsx'
import { RecoverDialog } from './recover-dialog.tsx'
import { Recoveries } from './recoveries.tsx'

/**
 * /care/junk (?mailbox= ?from= ?subject= fill in the form; ?run= shows what was found; ?ticket= goes along): looks
 * for mail that went to junk and moves it back.
 */
export function JunkPage() {
  const [query, setQuery] = useSearchParams()
  const [chosen, setChosen] = useState<readonly JunkMessage[]>([])
  const [recovering, setRecovering] = useState(false)
  const find = useCommand('care.findJunk')
  const runId = query.get('run')
  const ticketId = query.get('ticket')
  const start = ({ mailboxIds, criteria }: JunkWish): void =>
    find.mutate(
      { mailboxIds: [...mailboxIds], criteria },
      {
        onSuccess: ({ runId: run }) => {
          setChosen([])
          setQuery((before) => {
            before.set('run', run)
            return before
          })
        },
        onError: toastError,
      },
    )
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <>
          {ticketId !== null && (
            <Button component={Link} to={`/queue/${ticketId}`}>
              {words.toTicket}
            </Button>
          )}
          <Button component={Link} to="/care">
            {careWords.title}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <JunkForm
          mailboxId={query.get('mailbox')}
          from={query.get('from') ?? ''}
          subject={query.get('subject') ?? ''}
          pending={find.isPending}
          onFind={start}
        />
        {runId === null ? (
          <EmptyState title={words.startTitle}>{words.startText}</EmptyState>
        ) : (
          <JunkFound
            key={runId}
            runId={runId}
            chosen={chosen}
            onChoose={setChosen}
            onRecover={() => setRecovering(true)}
          />
        )}
        <Recoveries />
      </Stack>
      <RecoverDialog
        opened={recovering}
        messages={chosen}
        ticketId={ticketId}
        onClose={() => setRecovering(false)}
        onDone={() => setChosen([])}
      />
    </Page>
  )
}
