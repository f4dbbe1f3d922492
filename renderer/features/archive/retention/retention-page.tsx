import { useState } from 'react'
import { useParams } from 'react-router'
import type { LegalHold, RetentionRule } from '../../../../core/archive/retention.ts'
import { oneArchiveWords } from '../../../i18n/archive.ts'
import { retentionWords as words } from '../../../i18n/retention.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import { Button, Hint, Page, Panel, QueryView, Stack, StateBadge, toastError } from '../../../ui/index.ts'
import { ArchiveTabs } from '../archive-tabs.tsx'
import classes from '../archive.module.css'
import { HoldDialog } from './hold-dialog.tsx'
import { HoldRow } from './hold-row.tsx'
import { LiftDialog } from './lift-dialog.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { RuleRow } from './rule-row.tsx'
import { SimulationDialog } from './simulation-dialog.tsx'

type Opened =
  | { readonly dialog: 'rule'; readonly rule: RetentionRule | null }
  | { readonly dialog: 'simulation'; readonly rule: RetentionRule }
  | { readonly dialog: 'hold' }
  | { readonly dialog: 'lift'; readonly hold: LegalHold }

/** /archive/:archiveId/retention: how long mail is kept, and what is kept whatever the rules say. */
export function RetentionPage() {
  const { archiveId = '' } = useParams()
  const archive = useQueryOf('archive.get', { archiveId })
  const retention = useQueryOf('archive.retention', { archiveId })
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  return (
    <Page
      title={archive.data?.name ?? words.tab}
      lead={oneArchiveWords.retentionLead}
      tabs={<ArchiveTabs archiveId={archiveId} current="retention" />}
    >
      <Stack gap="md">
        <QueryView query={retention} rows={4}>
          {({ rules, holds, unfinishedPacks }) => (
            <Stack gap="md">
              <Unfinished archiveId={archiveId} packs={unfinishedPacks} />
              <Panel
                title={words.rules}
                flush
                aside={
                  <Button size="compact-sm" onClick={() => setOpened({ dialog: 'rule', rule: null })}>
                    {words.addRule}
                  </Button>
                }
              >
                <p className={classes.panelHint}>{rules.length === 0 ? words.noRules : words.rulesLead}</p>
                <ul>
                  {rules.map((rule) => (
                    <RuleRow
                      key={rule.ruleId}
                      rule={rule}
                      onSimulate={() => setOpened({ dialog: 'simulation', rule })}
                      onChange={() => setOpened({ dialog: 'rule', rule })}
                    />
                  ))}
                </ul>
              </Panel>
              <Panel
                title={words.holds}
                flush
                aside={
                  <Button size="compact-sm" onClick={() => setOpened({ dialog: 'hold' })}>
                    {words.addHold}
                  </Button>
                }
              >
                <p className={classes.panelHint}>{holds.length === 0 ? words.noHolds : words.holdsLead}</p>
                <ul>
                  {holds.map((hold) => (
                    <HoldRow
                      key={hold.holdId}
                      hold={hold}
                      onLift={() => setOpened({ dialog: 'lift', hold })}
                    />
                  ))}
                </ul>
              </Panel>
            </Stack>
          )}
        </QueryView>
      </Stack>
      <RuleDialog
        key={opened?.dialog === 'rule' ? (opened.rule?.ruleId ?? 'new') : 'closed'}
        archiveId={archiveId}
        opened={opened?.dialog === 'rule'}
        rule={opened?.dialog === 'rule' ? opened.rule : null}
        onClose={close}
      />
      <HoldDialog archiveId={archiveId} opened={opened?.dialog === 'hold'} onClose={close} />
      {opened?.dialog === 'simulation' && (
        <SimulationDialog archiveId={archiveId} rule={opened.rule} onClose={close} />
      )}
      {opened?.dialog === 'lift' && <LiftDialog archiveId={archiveId} hold={opened.hold} onClose={close} />}
    </Page>
  )
}

/** A removal that was cut off says so until it is finished. */
function Unfinished(props: { readonly archiveId: string; readonly packs: number }) {
  const finish = useCommand('archive.finishRemoval')
  if (props.packs === 0) return null
  return (
    <div className={classes.notice}>
      <StateBadge state="warning" />
      <Hint>{words.unfinished(props.packs)}</Hint>
      <Button
        loading={finish.isPending}
        onClick={() => finish.mutate({ archiveId: props.archiveId }, { onError: toastError })}
      >
        {words.finish}
      </Button>
    </div>
  )
}
