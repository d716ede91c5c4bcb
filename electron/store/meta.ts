import type { Db } from './database.ts'

/**
 * `version`: highest version given to anything visible · `lastIntent`: integer last given to an intent ·
 * `searchedVersion`: intents up to this version are in the text index as they are now · `isStale`: 1 when the projections
 * must be made anew before anybody reads them · `lastStep`: the last place given in the ledger of actions, so that a tail
 * that was cut off shows · `ledger`: by what the ledger is told from that of every other data folder.
 */
export type MetaName = 'version' | 'lastIntent' | 'searchedVersion' | 'isStale' | 'lastStep' | 'ledger'

/** The few integers that the store must remember. */
export class Meta {
  readonly #get
  readonly #set

  constructor(db: Db) {
    this.#get = db.prepare<[string], number>('SELECT value FROM meta WHERE name = ?').pluck()
    this.#set = db.prepare<[string, number]>(
      'INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
  }

  /** 0 when it was never set. */
  get(name: MetaName): number {
    return this.#get.get(name) ?? 0
  }

  set(name: MetaName, value: number): void {
    this.#set.run(name, value)
  }
}
