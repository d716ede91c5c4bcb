import type { MempoolSeries } from '../../../shared/api/answers.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { Db } from '../database.ts'
import { phaseCounter } from '../projections/counters.ts'
import type { GapReader, GapRow } from './gaps.ts'

/** The series of a system's own counters. */
const SERIES = 'mempool'

const HOUR_MS = 3_600_000

interface SampleRow {
  atMs: number
  system: string
  ours: string
}

/** One point of the series; null values where nothing was heard. */
interface Point {
  atMs: number
  system: Record<string, number> | null
  ours: Record<string, number> | null
}

/** Reads counters over time. */
export class MempoolReader {
  readonly #gaps
  readonly #connection
  readonly #range
  readonly #latest
  readonly #nearest
  readonly #now

  constructor(db: Db, gaps: GapReader) {
    this.#gaps = gaps
    this.#connection = db.prepare<[string], number>('SELECT id FROM connections WHERE name = ?').pluck()
    const columns = 'SELECT at_ms AS atMs, system, ours FROM samples WHERE connection = ? AND series = ?'
    // Of every bucket the newest sample: with one max() SQLite takes the other columns from its row.
    this.#range = db.prepare<[number, string, number, number, number, number], SampleRow>(
      `SELECT max(at_ms) AS atMs, system, ours FROM samples
       WHERE connection = ? AND series = ? AND at_ms BETWEEN ? AND ? GROUP BY CAST((at_ms - ?) / ? AS INTEGER) ORDER BY 1`,
    )
    this.#latest = db.prepare<[number, string], SampleRow>(`${columns} ORDER BY at_ms DESC LIMIT 1`)
    this.#nearest = db.prepare<[number, string, number, number, number], SampleRow>(
      `${columns} AND at_ms BETWEEN ? AND ? ORDER BY abs(at_ms - ?) LIMIT 1`,
    )
    this.#now = db.prepare<[number, string], { name: string; count: number }>(
      `SELECT name, sum(count) AS count FROM (
         SELECT connection, name, count FROM counters
         UNION ALL SELECT connection, '${phaseCounter('')}' || phase, count FROM removed_intents)
       WHERE connection = ? AND count > 0 AND name LIKE ? GROUP BY name`,
    )
  }

  /** The series of a connection between two instants, at most `points` long. */
  series(ask: { connection: string; fromMs: number; untilMs: number; points: number }): MempoolSeries {
    const id = this.#connection.get(ask.connection)
    const points = id === undefined ? [] : this.#points(id, ask)
    const latest = id === undefined ? undefined : this.#latest.get(id, SERIES)
    return {
      connection: connectionId(ask.connection),
      atMs: points.map(({ atMs }) => atMs),
      system: columns(
        points.map(({ system }) => system),
        null,
      ),
      ours: columns(
        points.map(({ ours }) => ours),
        0,
      ),
      latest: reading(latest),
      hourBefore: id === undefined || latest === undefined ? null : this.#hourBefore(id, latest.atMs),
      oursNow: id === undefined ? {} : this.#oursNow(id),
    }
  }

  /** Half of the points at most are breaks, so the other half is left for samples. */
  #points(id: number, ask: { fromMs: number; untilMs: number; points: number }): Point[] {
    const { fromMs, untilMs } = ask
    const gaps = this.#gaps
      .of(id)
      .filter((gap) => gap.isRecovered === 0 && gap.fromMs <= untilMs && (gap.untilMs ?? untilMs) >= fromMs)
      .slice(-Math.floor(ask.points / 2))
    const room = ask.points - gaps.length
    const bucketMs = Math.max(1, Math.ceil((untilMs - fromMs + 1) / room))
    const samples = this.#range.all(id, SERIES, fromMs, untilMs, fromMs, bucketMs).map((row): Point => ({
      atMs: row.atMs,
      system: JSON.parse(row.system) as Record<string, number>,
      ours: JSON.parse(row.ours) as Record<string, number>,
    }))
    return [...samples, ...gaps.map((gap) => breakOf(gap, ask))].sort((a, b) => a.atMs - b.atMs)
  }

  #hourBefore(id: number, latestAtMs: number): MempoolSeries['hourBefore'] {
    const target = latestAtMs - HOUR_MS
    // Nearer than half an hour, else it is no reading of an hour ago.
    const row = this.#nearest.get(id, SERIES, target - HOUR_MS / 2, target + HOUR_MS / 2, target)
    return reading(row)
  }

  #oursNow(id: number): Record<string, number> {
    const prefix = phaseCounter('')
    const rows = this.#now.all(id, `${prefix}%`)
    return Object.fromEntries(rows.map(({ name, count }) => [name.slice(prefix.length), count]))
  }
}

function reading(row: SampleRow | undefined): MempoolSeries['latest'] {
  return row === undefined
    ? null
    : { atMs: row.atMs, values: JSON.parse(row.system) as Record<string, number> }
}

/** Stands in the middle of a gap, so that no line is drawn across it. */
function breakOf(gap: GapRow, ask: { fromMs: number; untilMs: number }): Point {
  const fromMs = Math.max(gap.fromMs, ask.fromMs)
  const untilMs = Math.min(gap.untilMs ?? ask.untilMs, ask.untilMs)
  return { atMs: Math.floor((fromMs + untilMs) / 2), system: null, ours: null }
}

/** Points as one column per counter; `absent` stands where a sample does not have the counter. */
function columns(
  points: readonly (Record<string, number> | null)[],
  absent: 0 | null,
): Record<string, (number | null)[]> {
  const names = new Set(points.flatMap((point) => Object.keys(point ?? {})))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      points.map((point) => (point === null ? null : (point[name] ?? absent))),
    ]),
  )
}
