import { IconChevronRight } from '@tabler/icons-react'
import type { Finding } from '../../../core/diagnostics/types.ts'
import { runWords as words } from '../../i18n/diagnostics.ts'
import { lookOf, Panel, StateMark } from '../../ui/index.ts'
import classes from './diagnostics.module.css'
import { Who } from './who.tsx'

/** What else was found, most important first: each with who must act and what to do. */
export function OtherFindings(props: { readonly findings: readonly Finding[] }) {
  return (
    <Panel title={words.alsoFound} flush>
      <ul>
        {props.findings.map((finding) => (
          <li key={`${finding.code}${finding.resultIds.join()}`}>
            <details className={classes.other}>
              <summary className={classes.otherLine}>
                <StateMark state={finding.status} size={16} label={lookOf(finding.status).word} />
                <span className={classes.otherTitle}>{finding.title}</span>
                <IconChevronRight className={classes.chevron} size={14} aria-hidden />
              </summary>
              <div className={classes.otherMore}>
                <p>{finding.detail}</p>
                <p>
                  <Who actor={finding.actor} />
                </p>
                <p>{finding.nextStep}</p>
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
