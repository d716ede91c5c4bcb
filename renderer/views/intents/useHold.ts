import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { GridReplica } from '../../replica/grid.ts'

/** Why the grid is held still. */
export type HoldReason = 'scrolled' | 'selection' | 'menu' | 'row' | 'paused'

/** Holds the grid while there is any reason to. `want` adds or takes away a reason, `releaseAll` takes away every one. */
export function useHold(replica: GridReplica) {
  const reasons = useRef(new Set<HoldReason>())
  const want = useCallback(
    (reason: HoldReason, isWanted: boolean) => {
      if (isWanted) reasons.current.add(reason)
      else reasons.current.delete(reason)
      if (reasons.current.size > 0) replica.hold()
      else replica.release()
    },
    [replica],
  )
  const isWanted = useCallback((reason: HoldReason) => reasons.current.has(reason), [])
  const releaseAll = useCallback(() => {
    reasons.current.clear()
    replica.release()
  }, [replica])
  useEffect(() => {
    reasons.current.clear()
  }, [replica])
  return useMemo(() => ({ want, isWanted, releaseAll }), [want, isWanted, releaseAll])
}

/** The reasons to hold a grid, and how to change them. */
export type Hold = ReturnType<typeof useHold>
