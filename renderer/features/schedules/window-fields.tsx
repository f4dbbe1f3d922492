import { scheduleFormWords as words } from '../../i18n/schedules.ts'
import { FieldPair, SwitchField } from '../../ui/index.ts'
import { TimeField } from './recurrence-fields.tsx'
import type { ScheduleForm } from './schedule-form.ts'

/** The part of the day in which runs may start. */
export function WindowFields({ form }: { readonly form: ScheduleForm }) {
  const { values, set } = form
  return (
    <>
      <SwitchField
        label={words.window}
        hint={words.windowHint}
        value={values.inWindow}
        error={null}
        onChange={(inWindow) => set({ inWindow })}
      />
      {values.inWindow && (
        <FieldPair>
          <TimeField label={words.from} value={values.from} onChange={(from) => set({ from })} />
          <TimeField label={words.to} value={values.to} onChange={(to) => set({ to })} />
        </FieldPair>
      )}
    </>
  )
}
