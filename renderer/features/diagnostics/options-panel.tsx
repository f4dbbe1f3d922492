import type { DiagnosisOptions } from '../../../core/diagnostics/types.ts'
import { startWords as words } from '../../i18n/diagnostics.ts'
import { Hint, Panel, Stack, SwitchField } from '../../ui/index.ts'

/** Probes that act, and so are tried only when asked for. */
export type Acts = Pick<DiagnosisOptions, 'appendProbe' | 'roundTrip'>

/** None of them. */
export const noActs: Acts = { appendProbe: false, roundTrip: false }

/** Switches for the probes that act in the mailbox. */
export function OptionsPanel(props: { readonly value: Acts; readonly onChange: (acts: Acts) => void }) {
  const { value, onChange } = props
  return (
    <Panel title={words.acts}>
      <Stack gap="md">
        <Hint>{words.actsHint}</Hint>
        <SwitchField
          label={words.appendProbe}
          hint={words.appendProbeHint}
          value={value.appendProbe}
          error={null}
          onChange={(appendProbe) => onChange({ ...value, appendProbe })}
        />
        <SwitchField
          label={words.roundTrip}
          hint={words.roundTripHint}
          value={value.roundTrip}
          error={null}
          onChange={(roundTrip) => onChange({ ...value, roundTrip })}
        />
      </Stack>
    </Panel>
  )
}
