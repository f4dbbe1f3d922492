import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { shortcutWords, uiWords } from '../i18n/ui.ts'
import { moveIn, toggled, withRange } from './list-moves.ts'
import { useListPlaces } from './list-places.ts'
import { useHotkeys } from './use-hotkeys.ts'
import classes from './virtual-list.module.css'

/** How a row is drawn. */
export interface RowState {
  readonly active: boolean
  readonly selected: boolean
}

interface VirtualListProps<T> {
  /** Names the list for screen readers, and keeps its place under this name. */
  readonly label: string
  readonly placeName: string
  readonly items: readonly T[]
  readonly idOf: (item: T) => string
  readonly renderRow: (item: T, state: RowState) => ReactNode
  /** Pixels; rows of one list are equally high. */
  readonly rowHeight: number
  /** The row whose detail is shown. */
  readonly activeId: string | null
  readonly onActivate: (id: string) => void
  /** Enter or double click; left out, Enter activates only. */
  readonly onOpen?: (id: string) => void
  /** With both, rows have a check box and x selects. */
  readonly selectedIds?: ReadonlySet<string>
  readonly onSelect?: (ids: ReadonlySet<string>) => void
  /** Called when the end comes into view: load more. */
  readonly onEndReached?: () => void
}

const none: ReadonlySet<string> = new Set()

/** A list of any length, driven by keyboard: j/k or arrows, Enter opens, x selects; keeps its place. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, idOf, activeId, onActivate, onSelect, onEndReached, rowHeight } = props
  const selected = props.selectedIds ?? none
  const base = useId()
  const box = useRef<HTMLDivElement>(null)
  const places = useListPlaces()
  const ids = items.map(idOf)
  // TanStack Virtual keeps its own mutable state; the React compiler must not memoise what it returns.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: places.get(props.placeName),
    getItemKey: (index) => ids[index] ?? index,
  })
  useEffect(() => virtual.measure(), [virtual, rowHeight])

  const activeIndex = activeId === null ? -1 : ids.indexOf(activeId)
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' })
  }, [activeIndex, virtual])

  const rows = virtual.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? -1
  useEffect(() => {
    if (items.length > 0 && lastShown >= items.length - 1) onEndReached?.()
  }, [lastShown, items.length, onEndReached])

  const go = (move: Parameters<typeof moveIn>[2]): void => {
    const to = moveIn(
      ids,
      activeId,
      move,
      Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight)),
    )
    if (to !== null) onActivate(to)
  }
  const open = (): void => {
    if (activeId !== null) (props.onOpen ?? onActivate)(activeId)
  }
  const select = (id: string | null): void => {
    if (id !== null) onSelect?.(toggled(selected, id))
  }
  useHotkeys(shortcutWords.list, [
    { keys: 'j', label: shortcutWords.next, run: () => go('next') },
    { keys: 'k', label: shortcutWords.previous, run: () => go('previous') },
    ...(onSelect === undefined
      ? []
      : [{ keys: 'x', label: shortcutWords.select, run: () => select(activeId) }]),
  ])
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves = {
      ArrowDown: 'next',
      ArrowUp: 'previous',
      Home: 'first',
      End: 'last',
      PageDown: 'pageDown',
      PageUp: 'pageUp',
    } as const
    if (event.key in moves) go(moves[event.key as keyof typeof moves])
    else if (event.key === 'Enter') open()
    else if (event.key === ' ') select(activeId)
    else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent, id: string): void => {
    if (onSelect !== undefined && event.shiftKey) onSelect(withRange(ids, selected, activeId, id))
    else if (onSelect !== undefined && (event.ctrlKey || event.metaKey)) select(id)
    else onActivate(id)
  }

  return (
    <div
      ref={box}
      className={classes.box}
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable={onSelect !== undefined}
      {...(activeIndex >= 0 && { 'aria-activedescendant': `${base}${activeIndex}` })}
      onKeyDown={onKeyDown}
      onScroll={(event) => places.keep(props.placeName, event.currentTarget.scrollTop)}
    >
      <div className={classes.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          const id = idOf(item)
          const state = { active: id === activeId, selected: selected.has(id) }
          return (
            <div
              key={row.key}
              id={`${base}${row.index}`}
              className={classes.row}
              role="option"
              aria-selected={onSelect === undefined ? state.active : state.selected}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              data-active={state.active}
              data-selected={state.selected}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
              onClick={(event) => onClick(event, id)}
              onDoubleClick={open}
            >
              {onSelect !== undefined && <SelectBox on={state.selected} onToggle={() => select(id)} />}
              <div className={classes.content}>{props.renderRow(item, state)}</div>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** A drawn box: the row itself is the option that a screen reader names, so this is for the mouse. */
function SelectBox(props: { readonly on: boolean; readonly onToggle: () => void }) {
  return (
    <span
      className={classes.select}
      title={uiWords.select}
      aria-hidden
      onClick={(event) => {
        event.stopPropagation()
        props.onToggle()
      }}
    >
      <span className={classes.check} data-on={props.on} />
    </span>
  )
}
