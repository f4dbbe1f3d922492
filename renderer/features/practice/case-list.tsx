import type { CaseSummary } from '../../../core/practice/contract.ts'
import { caseStateWords, practiceWords as words } from '../../i18n/practice.ts'
import { Button, ListPane, StateBadge, useHotkeys, VirtualList, type Verdict } from '../../ui/index.ts'
import classes from './practice.module.css'

const verdicts: Readonly<Record<CaseSummary['state'], Verdict>> = {
  open: 'unknown',
  found: 'fail',
  solved: 'pass',
}

/** How far a case is, as a badge. */
export function CaseState(props: { readonly state: CaseSummary['state'] }) {
  return <StateBadge state={verdicts[props.state]}>{caseStateWords[props.state]}</StateBadge>
}

/** All cases, the easiest first, and how many are solved. */
export function CaseList(props: {
  readonly cases: readonly CaseSummary[]
  readonly activeId: string | null
  readonly onChoose: (caseId: string | null) => void
}) {
  const solved = props.cases.filter(({ state }) => state === 'solved').length
  useHotkeys(words.shortcuts, [{ keys: 'Escape', label: words.overview, run: () => props.onChoose(null) }])
  return (
    <ListPane
      find={
        <div className={classes.listHead}>
          <span>{words.progress(solved, props.cases.length)}</span>
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={props.activeId === null}
            onClick={() => props.onChoose(null)}
          >
            {words.overview}
          </Button>
        </div>
      }
      hints={['move', 'open', 'all']}
    >
      <VirtualList
        label={words.cases}
        placeName="practice.cases"
        items={props.cases}
        idOf={(one) => one.caseId}
        rowHeight={64}
        activeId={props.activeId}
        onActivate={props.onChoose}
        renderRow={(one) => (
          <div className={classes.row}>
            <div className={classes.rowText}>
              <span className={classes.rowTitle}>{one.title}</span>
              <bdi className={classes.rowWho}>{one.personName}</bdi>
            </div>
            <CaseState state={one.state} />
          </div>
        )}
      />
    </ListPane>
  )
}
