import type { GridApi } from 'ag-grid-community'
import { useEffect } from 'react'
import type { IntentRow } from '../../../shared/api/row.ts'
import type { GridReplica } from '../../replica/grid.ts'

/** How often it is looked whether marked rows are on the screen: fine enough for two seconds, seldom enough to cost nothing. */
const LOOK_EVERY_MS = 500

/** Takes the marks off changed cells once they were on the screen long enough with the window in front. */
export function useSeenRows(api: GridApi<IntentRow> | null, replica: GridReplica): void {
  useEffect(() => {
    if (api === null) return
    const timer = setInterval(() => {
      if (document.hidden || !document.hasFocus() || api.isDestroyed()) return
      const seen = replica.marks.shown(shownIds(api), LOOK_EVERY_MS)
      if (seen.length === 0) return
      api.refreshCells({ rowNodes: seen.flatMap((id) => api.getRowNode(id) ?? []), force: true })
    }, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
    }
  }, [api, replica])
}

/** Ids of the rows that are inside the viewport, without those drawn ahead above and below it. */
function shownIds(api: GridApi<IntentRow>) {
  const { top, bottom } = api.getVerticalPixelRange()
  return api.getRenderedNodes().flatMap((node) => {
    const isShown = node.rowTop !== null && node.rowTop >= top && node.rowTop < bottom
    return isShown ? (node.data?.id ?? []) : []
  })
}
