import type { ReactElement } from 'react'
import classes from './state-mark.module.css'
import { lookOf, type StepState } from './verdict.ts'

/** The shape of a state, each different in outline: circle ✓, triangle !, octagon ✕, hatched square ?, dash. */
function shape(state: StepState): ReactElement {
  const line = {
    fill: 'none',
    stroke: 'currentColor',
    strokeWidth: 1.5,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const
  switch (state) {
    case 'pass':
      return (
        <g {...line}>
          <circle cx="8" cy="8" r="6.25" />
          <path d="M5.2 8.3 7.2 10.2 10.9 6" />
        </g>
      )
    case 'warning':
      return (
        <g {...line}>
          <path d="M8 1.9 14.6 13.6H1.4Z" />
          <path d="M8 6.2v3.4M8 11.6v.1" />
        </g>
      )
    case 'fail':
      return (
        <g {...line}>
          <path d="M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4Z" />
          <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
        </g>
      )
    case 'unknown':
      return (
        <g {...line}>
          <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="2" strokeDasharray="2.4 2" />
          <path d="M6.1 6.3a1.95 1.95 0 1 1 2.7 1.8c-.6.25-.8.6-.8 1.2M8 11.5v.1" />
        </g>
      )
    case 'running':
      return (
        <g {...line}>
          <circle cx="8" cy="8" r="6.25" opacity="0.25" />
          <path className={classes.turning} d="M8 1.75a6.25 6.25 0 0 1 6.25 6.25" />
        </g>
      )
    case 'waiting':
      return <circle cx="8" cy="8" r="2.25" fill="currentColor" />
    case 'not_applicable':
      return <path d="M4 8h8" {...line} />
  }
}

/** Only the shape and its colour; the word is given by whoever uses it, or by `label` for screen readers. */
export function StateMark(props: {
  readonly state: StepState
  readonly label?: string
  readonly size?: number
}) {
  const { tone } = lookOf(props.state)
  const size = props.size ?? 16
  return (
    <svg
      className={classes[tone]}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...(props.label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': props.label })}
    >
      {shape(props.state)}
    </svg>
  )
}
