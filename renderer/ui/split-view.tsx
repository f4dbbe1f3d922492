import { Splitter } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { uiWords } from '../i18n/ui.ts'
import { readSizes, writeSizes, type PaneSize } from './pane-sizes.ts'
import classes from './split-view.module.css'

interface SplitViewProps {
  /** Under this name the widths are kept: one for each place. */
  readonly name: string
  readonly list: ReactNode
  readonly detail: ReactNode
  /** What is linked to the detail. Left out, the detail takes its room. */
  readonly context?: ReactNode
}

const defaults: readonly PaneSize[] = ['380px', 100, '300px']

/** List – detail – context. The borders can be dragged, or moved with the arrow keys. */
export function SplitView(props: SplitViewProps) {
  const withContext = props.context !== undefined && props.context !== null
  const name = `${props.name}.${withContext ? '3' : '2'}`
  // Two panes and three have widths of their own: the key makes them two views.
  return <Panes key={name} {...props} name={name} withContext={withContext} />
}

function Panes(props: SplitViewProps & { readonly withContext: boolean }) {
  const { name, withContext } = props
  const [sizes, setSizes] = useState(() => readSizes(name, withContext ? defaults : defaults.slice(0, 2)))
  return (
    <Splitter
      className={classes.split ?? ''}
      lineSize={1}
      handleColor="var(--line)"
      withHandle={false}
      step="16px"
      shiftStep="64px"
      sizes={[...sizes]}
      attributes={{ handle: { 'aria-label': uiWords.moveBorder } }}
      onSizeChange={(next) => {
        setSizes(next)
        writeSizes(name, next)
      }}
    >
      <Splitter.Pane className={classes.list ?? ''} defaultSize={sizes[0] ?? '380px'} min="260px" max="640px">
        {props.list}
      </Splitter.Pane>
      <Splitter.Pane className={classes.detail ?? ''} defaultSize={sizes[1] ?? 100} min={20}>
        {props.detail}
      </Splitter.Pane>
      {withContext && (
        <Splitter.Pane
          className={classes.context ?? ''}
          defaultSize={sizes[2] ?? '300px'}
          min="240px"
          max="480px"
        >
          {props.context}
        </Splitter.Pane>
      )}
    </Splitter>
  )
}
