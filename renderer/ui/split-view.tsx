import { Button, Drawer, Splitter } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconLayoutSidebarRight } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { uiWords } from '../i18n/ui.ts'
import { readSizes, writeSizes, type PaneSize } from './pane-sizes.ts'
import classes from './split-view.module.css'
import { useRoom } from './use-room.ts'

interface SplitViewProps {
  /** Under this name the widths are kept: one for each place. */
  readonly name: string
  readonly list: ReactNode
  readonly detail: ReactNode
  /** What is linked to the detail. Left out, the detail takes its room. */
  readonly context?: ReactNode
  /** Where there is room for one column only: the detail takes the place of the list. */
  readonly showsDetail: boolean
  /** The way back to the list, which is then alone. */
  readonly back: Way
  /** The way from a list that is alone to the detail that needs no choice: an overview, an empty form. */
  readonly ahead?: Way
}

interface Way {
  readonly label: string
  readonly to: string
}

/**
 * List – detail – context. The borders can be dragged, or moved with the arrow keys. With less room the context
 * comes out of the side when it is called; with little, list and detail take turns.
 */
export function SplitView(props: SplitViewProps) {
  const room = useRoom()
  const { context = null, showsDetail, back, ahead } = props
  const detail = (
    <Detail
      back={room === 'narrow' ? back : null}
      context={room === 'wide' ? null : context}
      children={props.detail}
    />
  )
  if (room !== 'narrow')
    return (
      <Columns name={props.name} room={room} list={props.list} context={room === 'wide' ? context : null}>
        {detail}
      </Columns>
    )
  if (showsDetail) return <div className={`${classes.alone} ${classes.detail}`}>{detail}</div>
  return (
    <div className={`${classes.alone} ${classes.list}`}>
      {ahead !== undefined && (
        <div className={classes.bar}>
          <Button
            component={Link}
            to={ahead.to}
            size="compact-sm"
            rightSection={<IconArrowRight size={14} aria-hidden />}
          >
            {ahead.label}
          </Button>
        </div>
      )}
      {props.list}
    </div>
  )
}

/** The detail, under a bar with the ways to what has no column of its own. */
function Detail(props: {
  readonly back: Way | null
  readonly context: ReactNode
  readonly children: ReactNode
}) {
  const [opened, setOpened] = useState(false)
  const { back, context } = props
  return (
    <>
      {(back !== null || context !== null) && (
        <div className={classes.bar}>
          {back !== null && (
            <Button
              component={Link}
              to={back.to}
              size="compact-sm"
              variant="subtle"
              leftSection={<IconArrowLeft size={14} aria-hidden />}
            >
              {back.label}
            </Button>
          )}
          {context !== null && (
            <Button
              className={classes.toggle ?? ''}
              size="compact-sm"
              aria-expanded={opened}
              onClick={() => setOpened(true)}
              leftSection={<IconLayoutSidebarRight size={14} aria-hidden />}
            >
              {uiWords.details}
            </Button>
          )}
        </div>
      )}
      {props.children}
      <Drawer
        opened={opened && context !== null}
        onClose={() => setOpened(false)}
        position="right"
        size={360}
        title={uiWords.details}
        closeButtonProps={{ 'aria-label': uiWords.close }}
        classNames={{ content: classes.drawer ?? '', body: classes.drawerBody ?? '' }}
      >
        {context}
      </Drawer>
    </>
  )
}

const defaults: Readonly<Record<'wide' | 'medium', readonly PaneSize[]>> = {
  wide: ['380px', 100, '300px'],
  medium: ['300px', 100],
}

function Columns(props: {
  readonly name: string
  readonly room: 'wide' | 'medium'
  readonly list: ReactNode
  readonly context: ReactNode
  readonly children: ReactNode
}) {
  const { room, context } = props
  const count = context === null ? 2 : 3
  // Each number of columns has widths of its own.
  const name = `${props.name}.${room}.${count}`
  const [changed, setChanged] = useState<{ readonly name: string; readonly sizes: PaneSize[] } | null>(null)
  const sizes = changed?.name === name ? changed.sizes : readSizes(name, defaults[room].slice(0, count))
  return (
    <Splitter
      className={classes.split ?? ''}
      lineSize={1}
      handleColor="var(--line)"
      withHandle={false}
      step="16px"
      shiftStep="64px"
      sizes={sizes}
      attributes={{ handle: { 'aria-label': uiWords.moveBorder } }}
      onSizeChange={(next) => {
        setChanged({ name, sizes: next })
        writeSizes(name, next)
      }}
    >
      <Splitter.Pane className={classes.list ?? ''} defaultSize={sizes[0] ?? '380px'} min="240px" max="640px">
        {props.list}
      </Splitter.Pane>
      <Splitter.Pane className={classes.detail ?? ''} defaultSize={sizes[1] ?? 100} min={20}>
        {props.children}
      </Splitter.Pane>
      {context !== null && (
        <Splitter.Pane
          className={classes.context ?? ''}
          defaultSize={sizes[2] ?? '300px'}
          min="240px"
          max="480px"
        >
          {context}
        </Splitter.Pane>
      )}
    </Splitter>
  )
}
