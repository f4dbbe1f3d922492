import { Link } from 'react-router'
import { copyStateOf, safetyWords as words } from '../../../i18n/archive-safety.ts'
import { useQueryOf } from '../../../ipc/index.ts'
import { Anchor, Panel, QueryView, Stack, StateBadge } from '../../../ui/index.ts'
import classes from '../archive.module.css'
import { isRepairedSince, lastCheckOf } from './last-check.ts'

/** On the archive's own page: the last check in a sentence, and how its copies stand. */
export function SafetySummary({ archiveId }: { readonly archiveId: string }) {
  const safety = useQueryOf('archive.safety', { archiveId })
  const aside = (
    <Anchor component={Link} to={`/archive/${archiveId}/safety`}>
      {words.more}
    </Anchor>
  )
  return (
    <Panel title={words.title} aside={aside}>
      <QueryView query={safety} rows={2}>
        {(known) => {
          const last = lastCheckOf(known)
          const damaged = last === null ? 0 : last.report.damage.length + last.report.ledgerProblems.length
          return (
            <Stack gap="xs">
              {last === null ? (
                <p>{words.neverChecked}</p>
              ) : isRepairedSince(known) ? (
                <p>{words.repairedSince}</p>
              ) : damaged === 0 ? (
                <p>{words.whole(last.report.packBytes, last.report.messages, last.endedAtMs)}</p>
              ) : (
                <p>
                  <StateBadge state="fail">{words.damaged(damaged)}</StateBadge>
                </p>
              )}
              {known.copies.map((copy) => {
                const { mark, says } = copyStateOf(copy.state, copy.behindBytes)
                return (
                  <p key={copy.copyId} className={classes.notice}>
                    <StateBadge state={mark}>{says}</StateBadge> <bdi>{copy.path}</bdi>
                  </p>
                )
              })}
            </Stack>
          )
        }}
      </QueryView>
    </Panel>
  )
}
