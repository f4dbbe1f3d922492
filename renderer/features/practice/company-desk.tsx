import { IconPhone, IconTool } from '@tabler/icons-react'
import type { CaseSummary } from '../../../core/practice/contract.ts'
import { caseWords as words } from '../../i18n/practice.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, ErrorState, Panel } from '../../ui/index.ts'
import classes from './practice.module.css'
import { useHelp } from './use-help.ts'

type Action = 'phone_user' | NonNullable<CaseSummary['action']>

/** Whom a technician can ask: the user by phone, and whoever runs the servers. Their answers stay in sight. */
export function CompanyDesk(props: { readonly practiceCase: CaseSummary }) {
  const { caseId, action, personName } = props.practiceCase
  const act = useCommand('practice.act')
  const said = useHelp((state) => state.said[caseId])
  const ask = (asked: Action): void =>
    act.mutate(
      { caseId, action: asked },
      { onSuccess: (answer) => useHelp.getState().hear(caseId, answer.said) },
    )
  const waitsFor = (asked: Action): boolean => act.isPending && act.variables.action === asked
  return (
    <Panel title={words.company}>
      <p className={classes.quiet}>{words.companyText}</p>
      <div className={classes.buttons}>
        <Button
          leftSection={<IconPhone size={16} stroke={1.6} />}
          loading={waitsFor('phone_user')}
          onClick={() => ask('phone_user')}
        >
          {words.phone(personName)}
        </Button>
        {action !== null && (
          <Button
            leftSection={<IconTool size={16} stroke={1.6} />}
            loading={waitsFor(action)}
            onClick={() => ask(action)}
          >
            {words.actions[action]}
          </Button>
        )}
      </div>
      {action === null && <p className={classes.quiet}>{words.noAction}</p>}
      <ol className={classes.said} aria-live="polite">
        {(said ?? []).map((sentence, index) => (
          <li key={index}>{sentence}</li>
        ))}
      </ol>
      {act.error !== null && <ErrorState error={act.error} inline />}
    </Panel>
  )
}
