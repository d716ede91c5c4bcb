import {
  AllCommunityModule,
  type CellFocusedEvent,
  type ColDef,
  type GridApi,
  type RowClickedEvent,
  type RowSelectionOptions,
} from 'ag-grid-community'
import { AgGridProvider, AgGridReact, type AgGridReactProps } from 'ag-grid-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { IntentRow } from '../../../shared/api/row.ts'
import { useClock } from '../../parts/clock.ts'
import { TOP_ROWS, type GridReplica } from '../../replica/grid.ts'
import { useSystems } from '../../replica/status.ts'
import { styleNonce } from '../../theme/styleNonce.ts'
import { ColumnHeader, GridHeadContext, type GridHead } from './ColumnHeader.tsx'
import { COLUMN_DEFINITIONS } from './columns.ts'
import { gridTheme } from './gridTheme.ts'
import { gridWordsOf, type GridContext } from './GridContext.ts'
import { useShowPicked, type Picked } from './picked.ts'
import { useColumnSettings } from './useColumnSettings.ts'
import { useGridKeys } from './useGridKeys.ts'
import { lookAtShown, useGridRows, useHoldWhileSelecting, useOpenRow } from './useGridRows.ts'
import type { Hold } from './useHold.ts'
import { useSeenRows } from './useSeenRows.ts'

const ROW_SELECTION: RowSelectionOptions = {
  mode: 'singleRow',
  checkboxes: false,
  enableClickSelection: false,
}
const ANY_COLUMN: ColDef<IntentRow> = {
  resizable: true,
  sortable: false,
  suppressHeaderMenuButton: true,
  // The space bar picks the row for a command (useGridKeys); AG Grid's own selection shows which one is opened.
  suppressKeyboardEvent: ({ event }) => event.key === ' ',
  headerComponent: ColumnHeader,
}

const MODULES = [AllCommunityModule]

/** What never changes about the grid. */
const FIXED: AgGridReactProps<IntentRow> = {
  theme: gridTheme,
  styleNonce,
  columnDefs: COLUMN_DEFINITIONS,
  defaultColDef: ANY_COLUMN,
  rowModelType: 'infinite',
  cacheBlockSize: TOP_ROWS,
  // Far more than fits on a screen, so that scrolling back finds its rows, and little enough to be no burden.
  maxBlocksInCache: 20,
  rowSelection: ROW_SELECTION,
  getRowId: ({ data }) => data.id,
  enableCellTextSelection: true,
  ensureDomOrder: true,
  suppressDragLeaveHidesColumns: true,
  suppressNoRowsOverlay: true,
  // Out of the grid, to the opened intent: cell by cell through every row nobody would ever get there. Arrows walk the cells.
  tabToNextCell: () => false,
}

interface IntentsGridProps {
  replica: GridReplica
  hold: Hold
  picked: Picked
  openId: string | undefined
  sort: GridHead['sort']
  onSort: GridHead['onSort']
  onOpen: (row: IntentRow) => void
}

/** The grid named `Intents`: only the rows on the screen exist in the page, the rest stays with the engine. */
export function IntentsGrid({ replica, hold, picked, openId, sort, onSort, onOpen }: IntentsGridProps) {
  const [api, setApi] = useState<GridApi<IntentRow> | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const context = useContextOfGrid(replica, picked)
  const keepColumns = useColumnSettings(api)
  const { onScroll } = useGridRows({ api, replica, hold, box })
  useHoldWhileSelecting(hold, box)
  useOpenRow(api, replica, openId)
  const onCellKeyDown = useGridKeys({ api, hold, picked, isOpen: openId !== undefined, onOpen })
  useSeenRows(api, replica)
  useShowPicked(api, picked)
  const onCellFocused = useOnCellFocused(replica, hold)
  const onRowClicked = useOnRowClicked(onOpen)
  const head = useGridHead({ sort, onSort, hold })
  useEffect(() => {
    api?.refreshCells({ force: true })
  }, [api, context])

  return (
    <div
      className="intents-grid"
      ref={box}
      onPointerDownCapture={({ target }) => {
        if (!(target instanceof Element) || target.closest('.ag-row') === null) return
        replica.pause(whenLetGo())
        hold.want('row', true)
      }}
    >
      <GridHeadContext value={head}>
        <AgGridProvider modules={MODULES}>
          <AgGridReact<IntentRow>
            {...FIXED}
            context={context}
            onGridReady={(event) => {
              event.api.setGridAriaProperty('label', 'Intents')
              setApi(event.api)
            }}
            onBodyScroll={onScroll}
            onCellFocused={onCellFocused}
            onCellKeyDown={onCellKeyDown}
            onRowClicked={onRowClicked}
            onColumnMoved={keepColumns}
            onColumnPinned={keepColumns}
            onColumnResized={keepColumns}
            onColumnVisible={keepColumns}
          />
        </AgGridProvider>
      </GridHeadContext>
    </div>
  )
}

function useContextOfGrid(replica: GridReplica, picked: Picked): GridContext {
  const systems = useSystems()
  const clock = useClock()
  return useMemo(
    () => ({ words: gridWordsOf(systems), marks: replica.marks, picked, clock }),
    [systems, replica, picked, clock],
  )
}

function useOnCellFocused(replica: GridReplica, hold: Hold): (event: CellFocusedEvent<IntentRow>) => void {
  return useCallback(
    ({ rowIndex, api }) => {
      if (rowIndex === null) return
      lookAtShown(api, replica)
      hold.want('row', true)
    },
    [replica, hold],
  )
}

function useOnRowClicked(onOpen: (row: IntentRow) => void): (event: RowClickedEvent<IntentRow>) => void {
  return useCallback(
    ({ data, event }) => {
      if (data !== undefined && isPlainClick(event)) onOpen(data)
    },
    [onOpen],
  )
}

function useGridHead({ sort, onSort, hold }: Pick<IntentsGridProps, 'sort' | 'onSort' | 'hold'>): GridHead {
  return useMemo(
    () => ({
      sort,
      onSort,
      onMenu: (isOpen) => {
        hold.want('menu', isOpen)
      },
    }),
    [sort, onSort, hold],
  )
}

/** Resolves when the pointer is let go and the click that this makes has been handled. */
function whenLetGo(): Promise<void> {
  return new Promise((resolve) => {
    const end = new AbortController()
    for (const name of ['pointerup', 'pointercancel', 'dragend', 'blur']) {
      window.addEventListener(
        name,
        () => {
          end.abort()
          setTimeout(resolve, 0)
        },
        { signal: end.signal },
      )
    }
  })
}

/** A press that means the row: not one on a button in it, nor the end of selecting text. */
function isPlainClick(event: Event | null | undefined): boolean {
  const isOnButton = event?.target instanceof Element && event.target.closest('button') !== null
  return !isOnButton && getSelection()?.isCollapsed !== false
}
