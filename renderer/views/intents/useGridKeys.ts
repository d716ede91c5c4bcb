import type { CellKeyDownEvent, FullWidthCellKeyDownEvent, GridApi } from 'ag-grid-community'
import { useCallback, useEffect } from 'react'
import type { IntentRow } from '../../../shared/api/row.ts'
import { isTyping } from '../../frame/isTyping.ts'
import { inBackground } from '../../host/inBackground.ts'
import type { Picked } from './picked.ts'
import type { Hold } from './useHold.ts'

/**
 * Keys of the grid: j and k walk the rows from wherever the focus is, with Shift they pick on the way, x and the space bar pick
 * one row, Enter opens, c copies the id, Home leads to the newest, p holds still, Esc lets go.
 */
export function useGridKeys({
  api,
  hold,
  picked,
  isOpen,
  onOpen,
}: {
  api: GridApi<IntentRow> | null
  hold: Hold
  picked: Picked
  /** Whether an intent is open beside the grid: Esc closes that one first. */
  isOpen: boolean
  onOpen: (row: IntentRow) => void
}): (event: CellKeyDownEvent<IntentRow> | FullWidthCellKeyDownEvent<IntentRow>) => void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (api === null || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      if (isInside(event.target, '[role="dialog"], [role="menu"], [role="region"]')) return
      if (event.key === 'j') walk(api, 1)
      else if (event.key === 'k') walk(api, -1)
      else if (event.key === 'J') extend(api, picked, 1)
      else if (event.key === 'K') extend(api, picked, -1)
      else if (event.key === 'x' || isSpaceOnRow(event)) toggleFocused(api, picked)
      else if (event.key === 'c') copyFocused(api)
      else if (event.key === 'p') hold.want('paused', !hold.isWanted('paused'))
      else if (event.key === 'Escape' && !isOpen && picked.read().length > 0) picked.clear()
      else if (event.key === 'Escape' && !isOpen) leave(api, hold)
      else if (event.key === 'Home') api.ensureIndexVisible(0, 'top')
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', press)
    }
  }, [api, hold, picked, isOpen])

  return useCallback(
    ({ event, data }) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || data === undefined) return
      if (isInside(event.target, 'button')) return
      onOpen(data)
    },
    [onOpen],
  )
}

function walk(api: GridApi<IntentRow>, step: 1 | -1): void {
  const [firstColumn] = api.getAllDisplayedColumns()
  if (firstColumn === undefined || api.getDisplayedRowCount() === 0) return
  const focused = api.getFocusedCell()
  const from = focused?.rowIndex ?? (step === 1 ? api.getFirstDisplayedRowIndex() - 1 : 1)
  const to = Math.min(Math.max(from + step, 0), api.getDisplayedRowCount() - 1)
  api.ensureIndexVisible(to)
  api.setFocusedCell(to, focused?.column ?? firstColumn)
}

function focusedRow(api: GridApi<IntentRow>): IntentRow | undefined {
  const rowIndex = api.getFocusedCell()?.rowIndex
  return rowIndex === undefined ? undefined : api.getDisplayedRowAtIndex(rowIndex)?.data
}

function toggleFocused(api: GridApi<IntentRow>, picked: Picked): void {
  const row = focusedRow(api)
  if (row !== undefined) picked.toggle(row)
}

/** Picks the row that has the focus and the one that it goes to. */
function extend(api: GridApi<IntentRow>, picked: Picked, step: 1 | -1): void {
  const from = focusedRow(api)
  if (from !== undefined) picked.add(from)
  walk(api, step)
  const to = focusedRow(api)
  if (to !== undefined) picked.add(to)
}

function isSpaceOnRow({ key, target }: KeyboardEvent): boolean {
  return key === ' ' && isInside(target, '.ag-row') && !isInside(target, 'button')
}

function copyFocused(api: GridApi<IntentRow>): void {
  const row = focusedRow(api)
  if (row !== undefined) inBackground('copying an id', navigator.clipboard.writeText(row.mainId))
}

function leave(api: GridApi<IntentRow>, hold: Hold): void {
  api.clearFocusedCell()
  hold.releaseAll()
}

function isInside(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null
}
