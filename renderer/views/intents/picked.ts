import type { GridApi } from 'ag-grid-community'
import { useEffect } from 'react'
import type { IntentRow } from '../../../shared/api/row.ts'

/** What a command over many needs to know of a row. */
type PickedRow = Pick<IntentRow, 'id' | 'connection'>

/** The rows picked for a command over many; they stay picked wherever they go in the grid. */
export class Picked {
  readonly #rows = new Map<string, PickedRow>()
  readonly #listeners = new Set<() => void>()
  #list: readonly PickedRow[] = []

  readonly read = (): readonly PickedRow[] => this.#list

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  has(id: string): boolean {
    return this.#rows.has(id)
  }

  add({ id, connection }: PickedRow): void {
    this.#rows.set(id, { id, connection })
    this.#publish()
  }

  toggle({ id, connection }: PickedRow): void {
    if (!this.#rows.delete(id)) this.#rows.set(id, { id, connection })
    this.#publish()
  }

  clear(): void {
    this.#rows.clear()
    this.#publish()
  }

  #publish(): void {
    this.#list = [...this.#rows.values()]
    for (const listener of [...this.#listeners]) listener()
  }
}

/** Repaints the rows that were picked or let go. */
export function useShowPicked(api: GridApi<IntentRow> | null, picked: Picked): void {
  useEffect(() => {
    if (api === null) return
    let shown = new Set<string>()
    return picked.subscribe(() => {
      const now = new Set<string>(picked.read().map(({ id }) => id))
      const changed = [...shown, ...now].filter((id) => shown.has(id) !== now.has(id))
      const rowNodes = changed.flatMap((id) => api.getRowNode(id) ?? [])
      shown = now
      if (!api.isDestroyed()) api.refreshCells({ rowNodes, force: true })
    })
  }, [api, picked])
}
