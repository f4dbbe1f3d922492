import { useElementSize } from '@mantine/hooks'
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { FolderUse } from '../../../core/care/types.ts'
import { storageWords as words } from '../../i18n/care.ts'
import { formatBytes } from '../../i18n/format.ts'
import classes from './care.module.css'

const height = 320
/** A folder below this share of the whole is drawn with the other small ones. */
const smallestShare = 0.004

interface Area {
  readonly path: string
  readonly sizeBytes: number
  readonly messages: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Folders as areas; the arrow keys go through them, and the one in focus is said in words beneath. */
export function Treemap(props: { readonly folders: readonly FolderUse[] }) {
  // Drawn in the width that there is: scaled, its words would be too small to read.
  const { ref, width } = useElementSize<HTMLDivElement>()
  const areas = useMemo(() => layOut(props.folders, Math.max(1, Math.round(width))), [props.folders, width])
  const [active, setActive] = useState(0)
  const cells = useRef<(SVGGElement | null)[]>([])
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(areas.length - 1, active + step))
    setActive(next)
    cells.current[next]?.focus()
  }
  const chosen = areas[active]
  if (areas.length === 0 || chosen === undefined) return <p className={classes.said}>{words.nothing}</p>
  return (
    <div ref={ref}>
      <svg
        className={classes.treemap}
        viewBox={`0 0 ${Math.max(1, Math.round(width))} ${height}`}
        height={height}
        role="listbox"
        aria-label={words.treemap}
        onKeyDown={move}
      >
        {areas.map((area, index) => (
          <g
            key={area.path}
            ref={(cell) => {
              cells.current[index] = cell
            }}
            role="option"
            aria-selected={index === active}
            aria-label={words.areaOf(area.path, area.sizeBytes, area.messages)}
            tabIndex={index === active ? 0 : -1}
            className={classes.cell}
            onFocus={() => setActive(index)}
            onPointerEnter={() => setActive(index)}
          >
            <rect
              className={classes.area}
              data-level={index % 3}
              x={area.x}
              y={area.y}
              width={area.width}
              height={area.height}
            />
            <AreaText area={area} />
          </g>
        ))}
      </svg>
      <p className={classes.said} aria-live="polite">
        <bdi>{words.areaOf(chosen.path, chosen.sizeBytes, chosen.messages)}</bdi>
      </p>
    </div>
  )
}

/** Name and size, as far as they have room: a cut-off name says less than none. */
function AreaText({ area }: { readonly area: Area }) {
  const fits = Math.floor((area.width - 16) / 7.5)
  if (area.height < 24 || fits < 4) return null
  const name = area.path.length <= fits ? area.path : `${area.path.slice(0, fits - 1)}…`
  return (
    <>
      <text className={classes.areaName} x={area.x + 8} y={area.y + 18}>
        {name}
      </text>
      {area.height >= 44 && fits >= 8 && (
        <text className={classes.areaSize} x={area.x + 8} y={area.y + 36}>
          {formatBytes(area.sizeBytes)}
        </text>
      )}
    </>
  )
}

type Leaf = Pick<FolderUse, 'path' | 'sizeBytes' | 'messages'> & { readonly children?: readonly Leaf[] }

function layOut(folders: readonly FolderUse[], width: number): readonly Area[] {
  const total = folders.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (total === 0) return []
  const large = folders.filter(({ sizeBytes }) => sizeBytes >= total * smallestShare)
  const small = folders.filter(({ sizeBytes }) => sizeBytes > 0 && sizeBytes < total * smallestShare)
  const others: Leaf = {
    path: words.others,
    sizeBytes: small.reduce((sum, one) => sum + one.sizeBytes, 0),
    messages: small.reduce((sum, one) => sum + one.messages, 0),
  }
  const root = hierarchy<Leaf>({
    ...{ path: '', sizeBytes: 0, messages: 0 },
    children: [...large, ...(small.length === 0 ? [] : [others])],
  })
    .sum(({ sizeBytes, children }) => (children === undefined ? sizeBytes : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  return treemap<Leaf>()
    .tile(treemapSquarify)
    .size([width, height])
    .round(true)(root)
    .leaves()
    .map(({ data, x0, y0, x1, y1 }) => ({
      ...{ path: data.path, sizeBytes: data.sizeBytes, messages: data.messages },
      ...{ x: x0, y: y0, width: x1 - x0, height: y1 - y0 },
    }))
}
