import type { GridApi } from 'ag-grid-community'
import type { CustomHeaderProps } from 'ag-grid-react'
import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { createContext, useContext, useEffect } from 'react'
import type { GridQuestion } from '../../replica/grid.ts'
import { INTENT_COLUMNS } from './columns.ts'

/** What the headers need besides the column. */
export interface GridHead {
  sort: GridQuestion['sort']
  onSort: (sort: GridQuestion['sort']) => void
  onMenu: (isOpen: boolean) => void
}

/** Given by the grid to its headers. */
export const GridHeadContext = createContext<GridHead | null>(null)

/** The head of a column: sorts where an index keeps the order, and a menu to pin, move, hide and choose columns. */
export function ColumnHeader(props: CustomHeaderProps) {
  const head = useContext(GridHeadContext)
  if (head === null) throw new Error('A column header needs a GridHeadContext around it.')
  const { column, displayName, eGridHeader } = props
  const { sort, onSort, onMenu } = head
  const by = INTENT_COLUMNS.find(({ id }) => id === column.getColId())?.sort
  const isSorted = by === sort.by
  const ariaSort =
    by === undefined ? null : isSorted ? (sort.isAscending ? 'ascending' : 'descending') : 'none'
  useEffect(() => {
    if (ariaSort === null) eGridHeader.removeAttribute('aria-sort')
    else eGridHeader.setAttribute('aria-sort', ariaSort)
  }, [ariaSort, eGridHeader])

  const arrow = isSorted && <span aria-hidden="true">{sort.isAscending ? ' ↑' : ' ↓'}</span>
  return (
    <span className="column-header">
      {by === undefined ? (
        <span className="column-title">{displayName}</span>
      ) : (
        <button
          type="button"
          className="column-title"
          onClick={() => {
            onSort({ by, isAscending: isSorted && !sort.isAscending })
          }}
        >
          {displayName}
          {arrow}
        </button>
      )}
      <DropdownMenu.Root modal={false} onOpenChange={onMenu}>
        <DropdownMenu.Trigger className="column-menu-button" aria-label={`Menu of ${displayName}`}>
          <ChevronDown size={12} aria-hidden="true" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
            <ColumnMenuItems {...props} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </span>
  )
}

function ColumnMenuItems({ api, column }: CustomHeaderProps) {
  const id = column.getColId()
  const shown = api.getAllDisplayedColumns().map((one) => one.getColId())
  const all = api.getColumnState().map(({ colId }) => colId)
  const pinned = column.getPinned()

  function moveBy(step: -1 | 1) {
    const neighbour = shown[shown.indexOf(id) + step]
    if (neighbour !== undefined) api.moveColumns([id], all.indexOf(neighbour))
  }

  return (
    <>
      <MenuItem
        isDisabled={shown[0] === id}
        onSelect={() => {
          moveBy(-1)
        }}
      >
        Move left
      </MenuItem>
      <MenuItem
        isDisabled={shown.at(-1) === id}
        onSelect={() => {
          moveBy(1)
        }}
      >
        Move right
      </MenuItem>
      {(['left', 'right'] as const).map((side) => (
        <MenuItem
          key={side}
          onSelect={() => {
            api.setColumnsPinned([id], pinned === side ? null : side)
          }}
        >
          {pinned === side ? `Unpin from the ${side}` : `Pin to the ${side}`}
        </MenuItem>
      ))}
      <MenuItem
        isDisabled={shown.length === 1}
        onSelect={() => {
          api.setColumnsVisible([id], false)
        }}
      >
        Hide
      </MenuItem>
      <DropdownMenu.Separator className="menu-line" />
      <ColumnChoice api={api} shown={shown} />
    </>
  )
}

function ColumnChoice({ api, shown }: { api: GridApi; shown: string[] }) {
  return INTENT_COLUMNS.map(({ id, title }) => (
    <DropdownMenu.CheckboxItem
      key={id}
      className="menu-item"
      checked={shown.includes(id)}
      disabled={shown.length === 1 && shown[0] === id}
      onCheckedChange={(isShown) => {
        api.setColumnsVisible([id], isShown)
      }}
    >
      <span aria-hidden="true">{shown.includes(id) ? '☑' : '☐'}</span>
      {title}
    </DropdownMenu.CheckboxItem>
  ))
}

function MenuItem({
  isDisabled = false,
  onSelect,
  children,
}: {
  isDisabled?: boolean
  onSelect: () => void
  children: string
}) {
  return (
    <DropdownMenu.Item className="menu-item" disabled={isDisabled} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  )
}
