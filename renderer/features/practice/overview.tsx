import { Link } from 'react-router'
import type { PracticeStatus } from '../../../core/practice/contract.ts'
import { overviewWords as words } from '../../i18n/practice.ts'
import {
  Anchor,
  CopyableAddress,
  DetailPane,
  Facts,
  MachineText,
  Panel,
  RelativeTime,
} from '../../ui/index.ts'
import classes from './practice.module.css'

/** What to do here, and who is who. */
export function Overview(props: { readonly status: PracticeStatus }) {
  const { status } = props
  return (
    <DetailPane width="reading">
      <Panel title={words.how}>
        <ol className={classes.how}>
          {words.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Panel>
      <Panel title={words.company}>
        <Facts
          facts={[
            [words.domain, <CopyableAddress key="domain" address={status.company.domain} />],
            [words.dns, <MachineText key="dns">{status.dnsServer ?? ''}</MachineText>],
            [words.since, <RelativeTime key="since" atMs={status.startedAtMs} />],
          ]}
        />
      </Panel>
      <Panel title={words.people} flush>
        <table className={classes.people}>
          <thead>
            <tr>
              {Object.values(words.columns).map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {status.people.map((person) => (
              <tr key={person.address}>
                <th scope="row">
                  <bdi>{person.name}</bdi>
                </th>
                <td>{person.role}</td>
                <td>
                  <CopyableAddress address={person.address} />
                </td>
                <td>
                  <CaseLink cases={status.cases} caseId={person.caseId} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </DetailPane>
  )
}

function CaseLink(props: { readonly cases: PracticeStatus['cases']; readonly caseId: string | null }) {
  const found = props.cases.find((one) => one.caseId === props.caseId)
  if (found === undefined) return <span className={classes.quiet}>{words.healthy}</span>
  return (
    <Anchor component={Link} to={`/practice/${found.caseId}`}>
      {found.title}
    </Anchor>
  )
}
