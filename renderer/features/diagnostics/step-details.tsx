import type { ProbeResult, TranscriptLine } from '../../../core/diagnostics/types.ts'
import { runWords as words } from '../../i18n/diagnostics.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Facts, Hint, MachineText, QueryView } from '../../ui/index.ts'
import classes from './diagnostics.module.css'
import { Who } from './who.tsx'
import { factName, factValue, transcriptText } from './step-text.ts'

/** What is behind one step: its whole evidence, what to do, the facts, and the dialogue. */
export function StepDetails(props: { readonly runId: string; readonly result: ProbeResult }) {
  const { result } = props
  const facts = Object.entries(result.facts).filter(([, value]) => value !== null && value !== '')
  return (
    <div className={classes.details}>
      <p className={classes.evidence}>{result.evidence}</p>
      {result.nextStep !== null && (
        <p>
          <Who actor={result.actor} />. {result.nextStep}
        </p>
      )}
      {(facts.length > 0 || result.target !== null) && (
        <Facts
          facts={[
            ...(result.target === null
              ? []
              : [[words.target, <MachineText key="target">{result.target}</MachineText>] as const]),
            ...facts.map(
              ([name, value]) =>
                [factName(name), <MachineText key={name}>{factValue(value)}</MachineText>] as const,
            ),
            ...(result.code === null
              ? []
              : [[words.code, <MachineText key="code">{result.code}</MachineText>] as const]),
          ]}
        />
      )}
      {result.transcriptId !== null && <Transcript runId={props.runId} transcriptId={result.transcriptId} />}
    </div>
  )
}

function Transcript(props: { readonly runId: string; readonly transcriptId: string }) {
  const transcript = useQueryOf('diagnostics.transcript', props)
  return (
    <section>
      <h4 className={classes.small}>{words.transcript}</h4>
      <QueryView query={transcript} rows={4}>
        {({ lines }: { readonly lines: readonly TranscriptLine[] }) =>
          lines.length === 0 ? (
            <Hint>{words.transcriptEmpty}</Hint>
          ) : (
            <MachineText block label={words.transcript}>
              {transcriptText(lines)}
            </MachineText>
          )
        }
      </QueryView>
    </section>
  )
}
