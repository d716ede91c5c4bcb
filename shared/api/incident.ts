/**
 * Something that was wrong with the data folder when it was opened, and what was done about it.
 * `replaced` the store was moved aside whole and a fresh one was filled from what could still be read of it ·
 * `rebuilt` the journal was whole and everything concluded from it was made anew ·
 * `log-missing` the store's write-ahead log was gone or damaged, and with it what was written last.
 */
export interface StoreIncident {
  atMs: number
  kind: 'replaced' | 'rebuilt' | 'log-missing'
  /** What was wrong, one sentence. */
  reason: string
  /** Where the report lies, and beside it what was moved aside; absolute. */
  folder: string
  /** Events of the journal that are in the store now. */
  keptCount: number
  /** Events that are known to have been there and are not any more; what was written last may be missing besides. */
  lostCount: number
}
