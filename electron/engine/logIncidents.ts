import type { ReadStore } from '../store/store.ts'
import type { Logger } from './logger.ts'

/** Says in the log what was last wrong with the data folder, if anything ever was. */
export async function logIncidents(store: Pick<ReadStore, 'incidents'>, logger: Logger): Promise<void> {
  const [newest, ...older] = await store.incidents()
  if (newest === undefined) return
  const { kind, reason, keptCount, lostCount, folder } = newest
  logger.warn('Something was wrong with the data folder; nothing was deleted.', {
    kind,
    reason,
    keptCount,
    lostCount,
    folder,
    olderReports: older.length,
  })
}
