import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { PracticeStatus } from '../../../core/practice/contract.ts'
import { practiceWords as words } from '../../i18n/practice.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Button, ConfirmAct, Page, QueryView, SplitView, toastDone } from '../../ui/index.ts'
import { CaseList } from './case-list.tsx'
import { CaseView } from './case-view.tsx'
import { ClosedCompany } from './closed-company.tsx'
import { Overview } from './overview.tsx'
import { useHelp } from './use-help.ts'

/** /practice/:caseId: the practice company, its cases, and one of them. */
export function PracticePage() {
  const status = useQueryOf('practice.status', {})
  if (status.data?.running === true) return <OpenCompany status={status.data} />
  return (
    <Page title={words.place} lead={words.leadStopped} width="reading">
      <QueryView query={status} rows={4}>
        {(data) => <ClosedCompany leftOver={data.leftOver} />}
      </QueryView>
    </Page>
  )
}

function OpenCompany(props: { readonly status: PracticeStatus }) {
  const { status } = props
  const { caseId } = useParams()
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const chosen = status.cases.find((one) => one.caseId === caseId)
  return (
    <Page
      title={words.place}
      lead={words.leadRunning(status.company.name, status.company.trade)}
      width="full"
      actions={<CloseCompany />}
    >
      <SplitView
        name="practice"
        list={
          <CaseList
            cases={status.cases}
            activeId={caseId ?? null}
            onChoose={(id) => void navigate(id === null ? '/practice' : `/practice/${id}`)}
          />
        }
        detail={
          chosen === undefined ? (
            <Overview status={status} />
          ) : (
            <CaseView key={chosen.caseId} practiceCase={chosen} />
          )
        }
        showsDetail={chosen !== undefined || query.has('overview')}
        back={{ label: words.cases, to: '/practice' }}
        ahead={{ label: words.overview, to: '/practice?overview=1' }}
      />
    </Page>
  )
}

function CloseCompany() {
  const [asks, setAsks] = useState(false)
  const stop = useCommand('practice.stop')
  const close = async (): Promise<void> => {
    await stop.mutateAsync({})
    useHelp.getState().forget()
    toastDone(words.stopped)
  }
  return (
    <>
      <Button onClick={() => setAsks(true)}>{words.stop}</Button>
      <ConfirmAct
        opened={asks}
        onClose={() => setAsks(false)}
        title={words.stopTitle}
        what={words.stopWhat}
        cannotBeUndone={words.stopUndone}
        wayBack={words.stopBack}
        actLabel={words.stop}
        onConfirm={close}
      />
    </>
  )
}
