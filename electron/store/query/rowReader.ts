import type { IntentRow } from '../../../shared/api/row.ts'
import type { IntentId } from '../../../shared/intent/ids.ts'
import { Damage } from '../damage.ts'
import { Lru } from '../lru.ts'
import type { GapRow } from './gaps.ts'
import type { IntentReader } from './intentReader.ts'

/** Rows kept as they were shaped, of about 1 KiB each: what a few windows show and have scrolled through. */
const KEPT = 4_000

/** What decides whether the row of an intent has changed, as `PLACED` reads it. */
export interface Placed {
  id: number
  consoleId: IntentId
  version: number
  connection: number
  createdAtMs: number
  endedAtMs: number | null
}

/** Selects `Placed` from `intents i`. */
export const PLACED = `i.id, i.console_id AS consoleId, i.version, i.connection,
  i.created_at_ms AS createdAtMs, i.ended_at_ms AS endedAtMs`

/** Reads lines of the grid; of what was read before only what has changed is read again. */
export class RowReader {
  readonly #reader: IntentReader
  readonly #kept = new Lru<number, IntentRow>(KEPT)

  constructor(reader: IntentReader) {
    this.#reader = reader
  }

  /** The rows that changed after `since`. A gap that came or went changes those it touches, though not their versions. */
  changed(placed: readonly Placed[], { since, nowMs }: { since: number; nowMs: number }): IntentRow[] {
    const touching = this.#reader.gaps.touchers()
    const rows: IntentRow[] = []
    for (const place of placed) {
      const { connection, createdAtMs, endedAtMs, version } = place
      const gaps = touching({ connection, createdAtMs, untilMs: endedAtMs ?? nowMs })
      if (version <= since && gaps.every((gap) => gap.version <= since)) continue
      rows.push(this.#row(place, gaps))
    }
    return rows
  }

  #row({ id, version }: Placed, gaps: readonly GapRow[]): IntentRow {
    const kept = this.#kept.get(id)
    const hasGap = gaps.some(({ isRecovered }) => isRecovered === 0)
    if (kept?.version === version) return kept.hasGap === hasGap ? kept : { ...kept, hasGap }
    const stored = this.#reader.stored(id)
    if (stored === null) throw new Damage(`Intent ${id} is in an index and not there.`)
    const row = this.#reader.row(stored, gaps)
    this.#kept.set(id, row)
    return row
  }
}
