import type { Counts } from '../../../shared/api/answers.ts'
import type { IntentId } from '../../../shared/intent/ids.ts'
import type { Phase } from '../../../shared/intent/phase.ts'
import type { Db } from '../database.ts'
import { phaseCounter } from '../projections/counters.ts'

const PHASE_PREFIX = phaseCounter('')

/** Reads the counters; only what changes with time is counted on asking, by an index. */
export class CountReader {
  readonly #counters
  readonly #stuck
  readonly #longest

  constructor(db: Db) {
    this.#counters = db.prepare<[], { connection: string; system: string; name: string; count: number }>(
      `SELECT c.name AS connection, n.system, n.name, n.count
       FROM counters n JOIN connections c ON c.id = n.connection WHERE n.count > 0`,
    )
    this.#stuck = db
      .prepare<[number], number>(
        'SELECT count(*) FROM intents WHERE overdue_at_ms IS NOT NULL AND overdue_at_ms <= ?',
      )
      .pluck()
    this.#longest = db.prepare<[number], { id: IntentId; sinceMs: number; normalWaitMs: number }>(
      `SELECT i.console_id AS id, w.since_ms AS sinceMs, w.overdue_at_ms - w.since_ms AS normalWaitMs
       FROM (SELECT id, min(phase_since_ms) AS since_ms, overdue_at_ms FROM intents
             WHERE overdue_at_ms IS NOT NULL AND overdue_at_ms > ?) w
       JOIN intents i ON i.id = w.id`,
    )
  }

  /** How many intents there are at an instant. */
  counts(nowMs: number): Counts {
    const counts: Counts = {
      total: 0,
      open: 0,
      stuck: this.#stuck.get(nowMs) ?? 0,
      atRisk: 0,
      watched: 0,
      contradicted: 0,
      bySystem: {},
      byPhase: {},
      byConnection: {},
    }
    for (const { connection, system, name, count } of this.#counters.iterate()) {
      if (name.startsWith(PHASE_PREFIX)) {
        const phase = name.slice(PHASE_PREFIX.length) as Phase
        counts.byPhase[phase] = (counts.byPhase[phase] ?? 0) + count
      } else {
        counts[name as 'total' | 'open' | 'atRisk' | 'watched' | 'contradicted'] += count
      }
      if (name !== 'total') continue
      counts.bySystem[system] = (counts.bySystem[system] ?? 0) + count
      counts.byConnection[connection] = (counts.byConnection[connection] ?? 0) + count
    }
    return counts
  }

  /** The open intent that has waited longest among those whose wait is still normal; null when none waits. */
  longestNormalWait(nowMs: number): { id: IntentId; sinceMs: number; normalWaitMs: number } | null {
    return this.#longest.get(nowMs) ?? null
  }
}
