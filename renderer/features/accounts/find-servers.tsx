import { useState } from 'react'
import { emailPattern } from '../../../core/accounts/address.ts'
import type { Discovery } from '../../../core/accounts/discovery.ts'
import { addWords as words } from '../../i18n/accounts.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Button, ErrorState, QueryView } from '../../ui/index.ts'
import { DiscoveryView } from './discovery-view.tsx'
import { valuesOfProposal, type MailboxValues } from './mailbox-fields.ts'

/** Finds the servers of an address and gives those that are chosen. No password is asked for or sent. */
export function FindServers(props: {
  readonly address: string
  readonly onChoose: (values: MailboxValues) => void
}) {
  const { onChoose } = props
  const address = props.address.trim()
  const discover = useCommand('accounts.discover')
  const [found, setFound] = useState<{ readonly runId: string; readonly address: string } | null>(null)
  return (
    <>
      <div>
        <Button
          disabled={!emailPattern.test(address)}
          loading={discover.isPending}
          onClick={() =>
            discover.mutate({ email: address }, { onSuccess: ({ runId }) => setFound({ runId, address }) })
          }
        >
          {found === null ? words.find : words.again}
        </Button>
      </div>
      {discover.error !== null && <ErrorState error={discover.error} inline />}
      {found !== null && <Found key={found.runId} {...found} onChoose={onChoose} />}
    </>
  )
}

function Found(props: {
  readonly runId: string
  readonly address: string
  readonly onChoose: (values: MailboxValues) => void
}) {
  const query = useQueryOf('accounts.discovery', { runId: props.runId })
  const [chosenId, setChosenId] = useState<string | null>(null)
  const choose = ({ proposals, network }: Discovery, proposalId: string): void => {
    const proposal = proposals.find((one) => one.proposalId === proposalId)
    if (proposal === undefined) return
    setChosenId(proposalId)
    props.onChoose(valuesOfProposal(props.address, network, proposal))
  }
  return (
    <QueryView query={query}>
      {(discovery) => (
        <DiscoveryView discovery={discovery} chosenId={chosenId} onChoose={(id) => choose(discovery, id)} />
      )}
    </QueryView>
  )
}
