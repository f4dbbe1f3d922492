import {
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, type ReactNode } from 'react'
import classes from './data-table.module.css'

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
})

/** One column of a `DataTable`. */
export interface Column<T> {
  readonly id: string
  readonly header: string
  readonly cell: (row: T) => ReactNode
  /** What to sort by; left out, the column cannot be sorted. */
  readonly sortBy?: (row: T) => string | number
  /** `end` for numbers: they are set in tabular figures. */
  readonly align?: 'start' | 'end'
  /** A CSS grid track; default `minmax(96px, 1fr)`. */
  readonly width?: string
}

interface DataTableProps<T> {
  readonly label: string
  /** Keep the array stable between renders (module scope or useMemo). */
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
  readonly onRowClick?: (row: T) => void
  /** Pixels; beyond it the table scrolls and draws only what is seen. */
  readonly maxHeight?: number
}

/** A table with sorting by its headers; of ten thousand rows only those in view are drawn. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const { columns, idOf } = props
  const defs = useMemo(
    () =>
      columns.map((column): ColumnDef<typeof features, T> => ({
        id: column.id,
        header: column.header,
        enableSorting: column.sortBy !== undefined,
        sortFn: 'basic',
        accessorFn: (row) => column.sortBy?.(row) ?? null,
        cell: (context) => column.cell(context.row.original),
      })),
    [columns],
  )
  const table = useTable({ features, columns: defs, data: props.rows, getRowId: idOf })
  const rows = table.getRowModel().rows
  const rowHeight = useRowHeight()
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const template = columns.map((column) => column.width ?? 'minmax(96px, 1fr)').join(' ')
  const alignOf = (id: string): string => columns.find((column) => column.id === id)?.align ?? 'start'
  const { onRowClick } = props

  return (
    <div
      ref={box}
      className={classes.box}
      style={{ maxHeight: props.maxHeight ?? 560 }}
      tabIndex={0}
      role="region"
      aria-label={props.label}
    >
      <div role="table" aria-label={props.label} aria-rowcount={rows.length + 1} className={classes.table}>
        <div role="rowgroup" className={classes.head}>
          {table.getHeaderGroups().map((group) => (
            <div role="row" key={group.id} className={classes.row} style={{ gridTemplateColumns: template }}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted()
                return (
                  <div
                    role="columnheader"
                    key={header.id}
                    className={classes.header}
                    data-align={alignOf(header.column.id)}
                    aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
                  >
                    {header.column.getCanSort() ? (
                      <button
                        type="button"
                        className={classes.sort}
                        onClick={header.column.getToggleSortingHandler()}
                      >
                        <table.FlexRender header={header} />
                        <span aria-hidden className={classes.arrow}>
                          {sorted === 'asc' ? '↑' : sorted === 'desc' ? '↓' : ''}
                        </span>
                      </button>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                  </div>
                )
              })}
            </div>
          ))}
        </div>
        <div role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <div
                role="row"
                key={row.id}
                aria-rowindex={item.index + 2}
                className={classes.row}
                data-clickable={onRowClick !== undefined}
                style={{
                  gridTemplateColumns: template,
                  height: item.size,
                  transform: `translateY(${item.start}px)`,
                }}
                {...(onRowClick !== undefined && { onClick: () => onRowClick(row.original) })}
              >
                {row.getAllCells().map((cell) => (
                  <div
                    role="cell"
                    key={cell.id}
                    className={classes.cell}
                    data-align={alignOf(cell.column.id)}
                  >
                    <table.FlexRender cell={cell} />
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** The height of a table's row in the present density. */
function useRowHeight(): number {
  return document.documentElement.dataset['density'] === 'compact' ? 28 : 36
}
