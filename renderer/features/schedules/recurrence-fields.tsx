import { parseMinute, scheduleFormWords as words, weekdayName } from '../../i18n/schedules.ts'
import { Checkbox, Choice, NumberField, SelectField, TextField } from '../../ui/index.ts'
import type { ScheduleForm } from './schedule-form.ts'
import classes from './schedules.module.css'

const weekdays = [1, 2, 3, 4, 5, 6, 0]
const days = [...Array.from({ length: 28 }, (_, index) => String(index + 1)), 'last']

/** How often, and at what time. */
export function RecurrenceFields({ form }: { readonly form: ScheduleForm }) {
  const { values, set } = form
  return (
    <>
      <Choice
        label={words.often}
        labelled
        value={values.every}
        options={(['hours', 'day', 'week', 'month'] as const).map((value) => ({
          value,
          label: words.every[value],
        }))}
        onChange={(every) => set({ every })}
      />
      {values.every === 'hours' && (
        <NumberField
          label={words.hours}
          value={values.hours}
          min={1}
          max={168}
          error={null}
          onChange={(hours) => set({ hours })}
        />
      )}
      {values.every === 'week' && (
        <fieldset className={classes.times}>
          <legend>{words.weekdays}</legend>
          {weekdays.map((weekday) => (
            <Checkbox
              key={weekday}
              label={weekdayName(weekday)}
              checked={values.weekdays.includes(weekday)}
              onChange={(event) =>
                set({
                  weekdays: event.currentTarget.checked
                    ? [...values.weekdays, weekday]
                    : values.weekdays.filter((other) => other !== weekday),
                })
              }
            />
          ))}
        </fieldset>
      )}
      {values.every === 'month' && (
        <SelectField
          label={words.day}
          value={values.day}
          error={null}
          options={days.map((value) => ({
            value,
            label: value === 'last' ? words.lastDay : words.dayNumber(Number(value)),
          }))}
          onChange={(day) => set({ day: day ?? values.day })}
        />
      )}
      {values.every !== 'hours' && (
        <TimeField label={words.at} value={values.at} onChange={(at) => set({ at })} />
      )}
    </>
  )
}

/** A time of day, typed. */
export function TimeField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  return (
    <TextField
      {...props}
      required
      placeholder={words.atPlaceholder}
      error={parseMinute(props.value) === null ? words.badTime : null}
    />
  )
}
