import type { Gap } from '../../../shared/api/presence.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { Db } from '../database.ts'

/** A gap with what the screens need to know when it changed. */
export interface GapRow {
  connection: number
  openedSeq: number
  fromMs: number
  untilMs: number | null
  reason: string
  isRecovered: number
  repairedAtMs: number | null
  repairedCount: number
  repairFailedCount: number
  version: number
}

/** The stretch of an intent's life that a gap may touch. */
export interface Life {
  connection: number
  createdAtMs: number
  /** When it ended; for one that has not, now. */
  untilMs: number
}

/** Reads gaps; kept in memory until one changes, since every row of a grid asks for them. */
export class GapReader {
  readonly #version
  readonly #all
  readonly #byConnection = new Map<number, GapRow[]>()
  #readAt = -1

  constructor(db: Db) {
    this.#version = db.prepare<[], number>('SELECT coalesce(max(version), 0) FROM gaps').pluck()
    this.#all = db.prepare<[], GapRow>(
      `SELECT connection, opened_seq AS openedSeq, from_ms AS fromMs, until_ms AS untilMs, reason,
              is_recovered AS isRecovered, repaired_at_ms AS repairedAtMs, repaired_count AS repairedCount,
              repair_failed_count AS repairFailedCount, version
       FROM gaps ORDER BY from_ms`,
    )
  }

  /** Gaps of a connection, oldest first, with those that turned out to be none. */
  of(connection: number): readonly GapRow[] {
    this.#renew()
    return this.#byConnection.get(connection) ?? []
  }

  /** Gaps that touch a life, with those that turned out to be none. */
  touching(life: Life): GapRow[] {
    return this.touchers()(life)
  }

  /** `touching` for many lives at one instant. */
  touchers(): (life: Life) => GapRow[] {
    this.#renew()
    return ({ connection, createdAtMs, untilMs: endMs }) =>
      (this.#byConnection.get(connection) ?? []).filter(
        ({ fromMs, untilMs }) => fromMs <= endMs && (untilMs === null || untilMs >= createdAtMs),
      )
  }

  #renew(): void {
    const version = this.#version.get() ?? 0
    if (version === this.#readAt) return
    this.#byConnection.clear()
    for (const gap of this.#all.iterate()) {
      const known = this.#byConnection.get(gap.connection)
      if (known === undefined) this.#byConnection.set(gap.connection, [gap])
      else known.push(gap)
    }
    this.#readAt = version
  }
}

/** A gap as the screens show it. */
export function gapOf(name: string, row: GapRow): Gap {
  const { fromMs, untilMs, reason, repairedAtMs, repairedCount, repairFailedCount } = row
  return {
    connection: connectionId(name),
    fromMs,
    untilMs,
    reason,
    repairedAtMs,
    repairedCount,
    repairFailedCount,
  }
}
