import type { Counts, RouteCount } from '../../../shared/api/answers.ts'
import type { IntentId } from '../../../shared/intent/ids.ts'
import type { Phase } from '../../../shared/intent/phase.ts'
import type { Db } from '../database.ts'
import { Meta } from '../meta.ts'
import { phaseCounter } from '../projections/counters.ts'
import type { Totals } from './totals.ts'

const PHASE_PREFIX = phaseCounter('')

/** Every intent of whose funds nothing is known though it has ended, silenced or not: an answer that time does not change. */
const ENDED_AT_RISK = 'is:at-risk is:terminal'

/** Before everything that can be overdue. */
const NEVER_MS = -1

/** Reads the counters. What changes with time is counted on asking, by an index; what is seldom, by what changed since. */
export class CountReader {
  readonly #meta
  readonly #counters
  readonly #overdue
  readonly #longest
  readonly #silenced
  readonly #totals
  readonly #routes
  /** How many were overdue at an instant of a version: until that changes, time only adds those that come due. */
  #stuck = { version: -1, atMs: NEVER_MS, count: 0 }

  constructor(db: Db, totals: Totals) {
    this.#meta = new Meta(db)
    this.#totals = totals
    this.#counters = db.prepare<[], { connection: string; system: string; name: string; count: number }>(
      `SELECT c.name AS connection, n.system, n.name, n.count
       FROM counters n JOIN connections c ON c.id = n.connection WHERE n.count > 0`,
    )
    this.#overdue = db
      .prepare<[number, number], number>(
        `SELECT count(*) FROM intents
         WHERE overdue_at_ms IS NOT NULL AND overdue_at_ms > ? AND overdue_at_ms <= ?`,
      )
      .pluck()
    this.#longest = db.prepare<[number], { id: IntentId; sinceMs: number; normalWaitMs: number }>(
      `SELECT i.console_id AS id, w.since_ms AS sinceMs, w.overdue_at_ms - w.since_ms AS normalWaitMs
       FROM (SELECT id, min(phase_since_ms) AS since_ms, overdue_at_ms FROM intents
             WHERE overdue_at_ms IS NOT NULL AND overdue_at_ms > ?) w
       JOIN intents i ON i.id = w.id`,
    )
    this.#silenced = db
      .prepare<[{ nowMs: number }], number>(
        `SELECT coalesce(sum(coalesce(overdue_at_ms <= @nowMs, 0) + (is_at_risk AND is_terminal) + is_contradicted), 0)
         FROM intents WHERE silenced_until_ms > @nowMs`,
      )
      .pluck()
    this.#routes = db.prepare<[number], RouteCount>(
      `SELECT system, source_chain AS sourceChainId, destination_chain AS destinationChainId, count(*) AS count
       FROM intents WHERE source_chain IS NOT NULL AND destination_chain IS NOT NULL
       GROUP BY 1, 2, 3 ORDER BY count DESC LIMIT ?`,
    )
  }

  /** The routes that most intents take, most first. Reads every intent: for a menu that is opened, not for a feed. */
  routes(limit: number): RouteCount[] {
    return this.#routes.all(limit)
  }

  /** How many intents there are at an instant. */
  counts(nowMs: number): Counts {
    const counts: Counts = {
      total: 0,
      open: 0,
      stuck: this.#stuckAt(nowMs),
      atRisk: 0,
      endedAtRisk: this.#totals.count(ENDED_AT_RISK, nowMs),
      silenced: this.#silenced.get({ nowMs }) ?? 0,
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

  #stuckAt(nowMs: number): number {
    const version = this.#meta.get('version')
    if (this.#stuck.version !== version || this.#stuck.atMs > nowMs) {
      this.#stuck = { version, atMs: NEVER_MS, count: 0 }
    }
    const added = this.#overdue.get(this.#stuck.atMs, nowMs) ?? 0
    this.#stuck = { version, atMs: nowMs, count: this.#stuck.count + added }
    return this.#stuck.count
  }
}
