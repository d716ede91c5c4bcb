import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { GridReplica, type GridQuestion, type GridView } from '../../replica/grid.ts'

/** The rows that answer a question, followed while the component is mounted. */
export function useGridReplica({ query, sort }: GridQuestion): GridReplica {
  const { by, isAscending } = sort
  const replica = useMemo(
    () => new GridReplica({ query, sort: { by, isAscending } }),
    [query, by, isAscending],
  )
  useEffect(() => {
    replica.start()
    return () => {
      replica.stop()
    }
  }, [replica])
  return replica
}

/** What stands around the rows; changes with every batch, so use it only in what shows it. */
export function useGridView(replica: GridReplica): GridView {
  return useSyncExternalStore(replica.subscribe, replica.read)
}
