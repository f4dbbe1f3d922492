import { useMemo, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { CleanupPlan } from '../../../core/care/plans.ts'
import { careWords } from '../../i18n/care.ts'
import { planWords as words, ruleLine } from '../../i18n/care-plans.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  ConfirmAct,
  DataTable,
  EmptyState,
  Group,
  Menu,
  Page,
  Panel,
  QueryView,
  Stack,
  toastDone,
  toastError,
  useHotkeys,
} from '../../ui/index.ts'
import type { Column } from '../../ui/index.ts'
import classes from './care.module.css'
import { LiveJobs } from './live-jobs.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { RunsTable } from './runs-table.tsx'

/** /care/plans (?new=1 and &mailbox=ID open the form): clean-up plans and their runs. */
export function PlansPage() {
  const [query, setQuery] = useSearchParams()
  const [edited, setEdited] = useState<CleanupPlan | null>(null)
  const [removed, setRemoved] = useState<CleanupPlan | null>(null)
  const plans = useQueryOf('care.plans', {})
  const preview = usePreview()
  const remove = useCommand('care.removePlan')
  const columns = useMemo(() => columnsWith({ preview, setEdited, setRemoved }), [preview])
  useHotkeys(words.title, [{ keys: 'n', label: words.create, run: () => setQuery({ new: '1' }) }])
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Group gap="xs">
          <Button component={Link} to="/care">
            {careWords.title}
          </Button>
          <Button variant="filled" onClick={() => setQuery({ new: '1' })}>
            {words.create}
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        <LiveJobs />
        <QueryView query={plans} rows={3}>
          {(data) =>
            data.plans.length === 0 ? (
              <EmptyState
                title={words.emptyTitle}
                action={<Button onClick={() => setQuery({ new: '1' })}>{words.create}</Button>}
              >
                {words.emptyText}
              </EmptyState>
            ) : (
              <Panel title={words.plans} flush>
                <DataTable
                  label={words.plans}
                  columns={columns}
                  rows={data.plans}
                  idOf={({ planId }) => planId}
                  maxHeight={360}
                />
              </Panel>
            )
          }
        </QueryView>
        <Panel title={words.runs} flush>
          <RunsTable mailboxId={null} planId={null} empty={words.noRuns} />
        </Panel>
      </Stack>
      <PlanDialog
        key={edited?.planId ?? 'new'}
        opened={query.has('new') || edited !== null}
        plan={edited}
        mailboxId={query.get('mailbox')}
        onClose={() => {
          setEdited(null)
          setQuery({})
        }}
      />
      {removed !== null && (
        <ConfirmAct
          opened
          onClose={() => setRemoved(null)}
          title={words.removeTitle(removed.name)}
          what={words.removeWhat}
          cannotBeUndone={words.removeUndone}
          wayBack={words.removeBack}
          actLabel={words.remove}
          onConfirm={() => remove.mutateAsync({ planId: removed.planId })}
        />
      )}
    </Page>
  )
}

/** Starts a preview and goes to it: there the list grows and the decision is taken. */
function usePreview(): (planId: string) => void {
  const { mutate } = useCommand('care.preview')
  const navigate = useNavigate()
  return useMemo(
    () => (planId: string) =>
      mutate(
        { planId },
        {
          onSuccess: ({ runId }) => {
            toastDone(words.previewStarted)
            void navigate(`/care/plans/runs/${runId}`)
          },
          onError: toastError,
        },
      ),
    [mutate, navigate],
  )
}

function columnsWith(acts: {
  readonly preview: (planId: string) => void
  readonly setEdited: (plan: CleanupPlan) => void
  readonly setRemoved: (plan: CleanupPlan) => void
}): readonly Column<CleanupPlan>[] {
  return [
    {
      id: 'name',
      header: words.columns.plan,
      width: 'minmax(110px, 1fr)',
      sortBy: ({ name }) => name.toLowerCase(),
      cell: ({ name }) => <bdi className={classes.path}>{name}</bdi>,
    },
    {
      id: 'rule',
      header: words.columns.rule,
      width: 'minmax(110px, 2fr)',
      cell: ({ rule }) => (
        <span className={classes.path} title={ruleLine(rule)}>
          {ruleLine(rule)}
        </span>
      ),
    },
    {
      id: 'acts',
      header: words.columns.acts,
      width: '190px',
      cell: (plan) => (
        <span className={classes.acts}>
          <Button size="compact-sm" variant="filled" onClick={() => acts.preview(plan.planId)}>
            {words.preview}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" aria-label={words.moreOf(plan.name)}>
                {words.more}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => acts.setEdited(plan)}>{words.edit}</Menu.Item>
              <Menu.Item onClick={() => acts.setRemoved(plan)}>{words.remove}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      ),
    },
    {
      id: 'mailboxes',
      header: words.columns.mailboxes,
      width: '96px',
      cell: ({ mailboxIds }) =>
        mailboxIds === null ? words.allMailboxes : words.countMailboxes(mailboxIds.length),
    },
    {
      id: 'schedule',
      header: words.columns.schedule,
      width: '88px',
      cell: ({ removalOn }) => (removalOn ? words.removalOn : words.removalOff),
    },
  ]
}
