import type { ColumnState, GridApi } from 'ag-grid-community'
import { useCallback, useEffect, useRef } from 'react'
import type { Settings } from '../../../shared/api/settings.ts'
import { useChangeSettings, useSettings } from '../../replica/settings.ts'
import { INTENT_COLUMNS } from './columns.ts'

type KeptColumns = Settings['columns'][string]

/** The grid's name in the settings. */
const GRID = 'Intents'
/** Dragging an edge changes the width at every move; this long after the last one it is kept. */
const KEPT_AFTER_MS = 400

const AS_DELIVERED: KeptColumns = INTENT_COLUMNS.map(({ id, width, isHiddenAtFirst }) => ({
  id,
  isHidden: isHiddenAtFirst === true,
  width,
  pinned: null,
}))

/** Puts the kept columns on the grid and keeps what a person changes; answers with the listener for those changes. */
export function useColumnSettings(api: GridApi | null): () => void {
  const settings = useSettings()
  const { change } = useChangeSettings()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const kept = settings.columns[GRID] ?? AS_DELIVERED

  useEffect(() => {
    if (api === null || JSON.stringify(columnsOf(api)) === JSON.stringify(kept)) return
    api.applyColumnState({ state: kept.map(stateOf), applyOrder: true })
  }, [api, kept])

  return useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      if (api === null || api.isDestroyed()) return
      const columns = columnsOf(api)
      if (JSON.stringify(columns) !== JSON.stringify(kept)) {
        change({ columns: { ...settings.columns, [GRID]: columns } })
      }
    }, KEPT_AFTER_MS)
  }, [api, change, kept, settings.columns])
}

function columnsOf(api: GridApi): KeptColumns {
  return api.getColumnState().map(({ colId, hide, width, pinned }) => ({
    id: colId,
    isHidden: hide === true,
    width: width === undefined || width === null ? null : Math.round(width),
    pinned: pinned === 'left' || pinned === 'right' ? pinned : null,
  }))
}

function stateOf({ id, isHidden, width, pinned }: KeptColumns[number]): ColumnState {
  return { colId: id, hide: isHidden, pinned, ...(width === null ? {} : { width }) }
}
