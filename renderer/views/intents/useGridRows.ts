import type { GridApi, IDatasource } from 'ag-grid-community'
import { useCallback, useEffect, useRef, type RefObject } from 'react'
import type { IntentRow } from '../../../shared/api/row.ts'
import { TOP_ROWS, type GridNews, type GridReplica } from '../../replica/grid.ts'
import { inBackground } from '../../host/inBackground.ts'
import type { Hold } from './useHold.ts'

/** Pixels of a row, as in the grid's theme. */
const ROW_PX = 28

/** A grid, where its rows come from and what surrounds them. */
interface GridRows {
  api: GridApi<IntentRow> | null
  replica: GridReplica
  hold: Hold
  /** The element that the grid stands in. */
  box: RefObject<HTMLDivElement | null>
}

/** The part of the grid that scrolls; AG Grid has no call to scroll by pixels. */
const VIEWPORT = '.ag-grid-viewport'

/** A new number of rows makes the grid measure its scroll bars, which costs more than painting: once a second is enough. */
const COUNT_EVERY_MS = 1_000

/** Feeds the grid from its replica, tells the replica what is on the screen, and holds still what is scrolled away. */
export function useGridRows({ api, replica, hold, box }: GridRows): { onScroll: () => void } {
  /** Where the page stands when it is not scrolled: holding moves it by the rows that came meanwhile. */
  const restPx = useRef(0)

  const onScroll = useCallback(() => {
    if (api === null) return
    const isAway = api.getVerticalPixelRange().top > restPx.current + ROW_PX / 2
    if (isAway !== hold.isWanted('scrolled')) hold.want('scrolled', isAway)
    lookAtShown(api, replica)
  }, [api, hold, replica])

  useEffect(() => {
    if (api === null) return
    restPx.current = 0
    api.setGridOption('datasource', datasourceOf(replica))
    api.ensureIndexVisible(0, 'top')
    const count = rowCounter(api, replica)
    let wasHeld = false
    let stopFollowing = () => {}
    const stopNews = replica.onNews((news) => {
      if (api.isDestroyed()) return
      if (news.is === 'order') {
        const { isHeld } = replica.read()
        if (wasHeld && !isHeld) api.ensureIndexVisible(0, 'top')
        wasHeld = isHeld
        restPx.current = isHeld ? Math.max(0, news.shift) * ROW_PX : 0
        count.renew()
      }
      if (news.is === 'order') stopFollowing()
      if (news.is === 'order' && news.shift !== 0) stopFollowing = follow(api, box.current, news.shift)
      show(news, api)
      lookAtShown(api, replica)
    })
    return () => {
      stopNews()
      stopFollowing()
      count.stop()
    }
  }, [api, replica, box])

  return { onScroll }
}

/** Holds the grid while text in it is selected. */
export function useHoldWhileSelecting(hold: Hold, box: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    function onSelection() {
      const selection = getSelection()
      const isSelecting =
        selection?.isCollapsed === false && box.current?.contains(selection.anchorNode) === true
      if (isSelecting !== hold.isWanted('selection')) hold.want('selection', isSelecting)
    }
    document.addEventListener('selectionchange', onSelection)
    return () => {
      document.removeEventListener('selectionchange', onSelection)
    }
  }, [box, hold])
}

/** Shows which row is the opened one, wherever it goes. */
export function useOpenRow(
  api: GridApi<IntentRow> | null,
  replica: GridReplica,
  openId: string | undefined,
): void {
  useEffect(() => {
    if (api === null) return
    const mark = () => {
      if (!api.isDestroyed()) markOpen(api, openId)
    }
    mark()
    api.addEventListener('modelUpdated', mark)
    return () => {
      if (!api.isDestroyed()) api.removeEventListener('modelUpdated', mark)
    }
  }, [api, replica, openId])
}

function datasourceOf(replica: GridReplica): IDatasource {
  return {
    getRows(params) {
      inBackground(
        'rows of the grid',
        replica.rows(params.startRow, params.endRow - params.startRow).then(
          (rows) => {
            // Without being told that there are none, the grid draws a page of empty rows under the words that say so.
            params.successCallback(rows, replica.read().total === 0 ? 0 : undefined)
          },
          () => {
            params.failCallback()
          },
        ),
      )
    },
  }
}

/** Tells the grid how many rows there are: at once when holding or when few are known, else once a second. */
function rowCounter(api: GridApi<IntentRow>, replica: GridReplica): { renew: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined

  function set() {
    timer = undefined
    const { total } = replica.read()
    if (!api.isDestroyed() && total !== null && api.getDisplayedRowCount() !== total)
      api.setRowCount(total, true)
  }

  return {
    renew() {
      const isExact = replica.read().isHeld || api.getDisplayedRowCount() < TOP_ROWS
      if (isExact) set()
      else timer ??= setTimeout(set, COUNT_EVERY_MS)
    },
    stop: () => {
      clearTimeout(timer)
    },
  }
}

function show(news: GridNews, api: GridApi<IntentRow>): void {
  if (news.is === 'order') {
    api.refreshInfiniteCache()
    return
  }
  for (const row of news.rows) api.getRowNode(row.id)?.updateData(row)
}

/**
 * Moves page and focus with the rows once those have moved by `shift`, so that what was looked at stays in its place; at the very
 * top it is the focus alone that goes up with its row. Returns how to give it up.
 */
function follow(api: GridApi<IntentRow>, box: HTMLDivElement | null, shift: number): () => void {
  const at = lookedAt(api)
  const id = api.getDisplayedRowAtIndex(at)?.data?.id
  function stop() {
    if (!api.isDestroyed()) api.removeEventListener('modelUpdated', once)
  }
  function once() {
    // The grid says that it is updated also when it has only counted its rows.
    if (id !== undefined && api.getRowNode(id)?.rowIndex !== at + shift) return
    stop()
    const viewport = box?.querySelector(VIEWPORT)
    if (viewport instanceof HTMLElement) viewport.scrollTop += shift * ROW_PX
    const { rowIndex, column } = api.getFocusedCell() ?? {}
    if (rowIndex !== undefined && column !== undefined) api.setFocusedCell(rowIndex + shift, column)
  }
  api.addEventListener('modelUpdated', once)
  return stop
}

/** Number of the row that stays in its place when rows move: the one with the focus, else the uppermost. */
function lookedAt(api: GridApi<IntentRow>): number {
  return api.getFocusedCell()?.rowIndex ?? Math.round(api.getVerticalPixelRange().top / ROW_PX)
}

/** Tells the replica which rows are on the screen, and which of them stays in its place. */
export function lookAtShown(api: GridApi<IntentRow>, replica: GridReplica): void {
  const ids = api.getRenderedNodes().flatMap((node) => node.data?.id ?? [])
  replica.look(ids, lookedAt(api))
}

function markOpen(api: GridApi<IntentRow>, openId: string | undefined): void {
  const node = openId === undefined ? undefined : api.getRowNode(openId)
  if (node === undefined) api.deselectAll()
  else if (node.isSelected() !== true) node.setSelected(true, true)
}
