import type { ConnectionLine, Drift, QuarantinedFrame } from '../../../shared/api/presence.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { Db } from '../database.ts'
import { intentOf } from '../intentText.ts'
import { FORMER_ID } from '../projections/intentBook.ts'
import { QUARANTINE_KIND } from '../projections/projector.ts'
import type { ConnectionRecord, OpenIntent } from '../store.ts'
import { partsOfConsoleId } from './consoleId.ts'
import { gapOf, type GapReader } from './gaps.ts'

const MINUTE_MS = 60_000

/** The small line on a connection's card shows the last hour. */
const MINUTES_SHOWN = 60

/** The strip on a connection's card shows the last day, milliseconds. */
const GAPS_SHOWN_MS = 86_400_000

/** Lines of the log on a connection's card: what led to its present state, and what came before that. */
const LINES_SHOWN = 20

/** Characters of a payload that are shown, as the contract promises. */
const PAYLOAD_SHOWN = 65_536

interface ConnectionRow {
  id: number
  name: string
  eventCount: number
  repeatCount: number
  lastReceivedAtMs: number | null
  openIntentCount: number
  quarantinedCount: number
}

/** Reads what the journal says about connections. */
export class ConnectionReader {
  readonly #gaps
  readonly #rows
  readonly #minutes
  readonly #drift
  readonly #log
  readonly #quarantine
  readonly #open
  readonly #placeOf

  constructor(db: Db, gaps: GapReader) {
    this.#gaps = gaps
    this.#rows = db.prepare<[string], ConnectionRow>(
      `SELECT c.id, c.name, c.event_count AS eventCount, c.repeat_count AS repeatCount,
              c.last_received_at_ms AS lastReceivedAtMs,
              (SELECT coalesce(sum(count), 0) FROM counters WHERE connection = c.id AND name = 'open')
                AS openIntentCount,
              (SELECT count(DISTINCT seq) FROM quarantine WHERE connection = c.id)
                + (SELECT coalesce(sum(count), 0) FROM drops WHERE connection = c.id AND kind = ?)
                AS quarantinedCount
       FROM connections c ORDER BY c.name`,
    )
    this.#minutes = db.prepare<[number, number, number], { minute: number; count: number }>(
      'SELECT minute, count FROM activity WHERE connection = ? AND minute BETWEEN ? AND ?',
    )
    this.#drift = db.prepare<[number], Drift>(
      `SELECT kind, place AS "where", what, count, first_at_ms AS firstAtMs, last_at_ms AS lastAtMs
       FROM drift WHERE connection = ? ORDER BY last_at_ms DESC, kind, place, what`,
    )
    this.#log = db.prepare<[number, number], ConnectionLine>(
      `SELECT seq, ordinal, at_ms AS atMs, kind, text FROM connection_log WHERE connection = ?
       ORDER BY seq DESC, ordinal DESC LIMIT ?`,
    )
    this.#quarantine = db.prepare<[number, string, number, number], Omit<QuarantinedFrame, 'connection'>>(
      `SELECT q.seq, k.name AS kind, q.received_at_ms AS receivedAtMs, q.path, q.reason,
              substr(e.payload, 1, ?) AS payload
       FROM quarantine q JOIN raw_events e ON e.seq = q.seq JOIN kinds k ON k.id = e.kind
       WHERE q.connection = (SELECT id FROM connections WHERE name = ?) AND q.seq < ?
       ORDER BY q.seq DESC, q.ordinal LIMIT ?`,
    )
    this.#placeOf = db
      .prepare<[string, string], number>(
        'SELECT intent FROM aliases WHERE value = ? AND connection = (SELECT id FROM connections WHERE name = ?)',
      )
      .pluck()
    this.#open = db.prepare<[string, number, number], { status: string; heardAtMs: number; body: string }>(
      `SELECT i.status, i.heard_at_ms AS heardAtMs, d.body FROM intents i JOIN documents d ON d.intent = i.id
       WHERE i.connection = (SELECT id FROM connections WHERE name = ?) AND i.is_open = 1 AND i.id > ?
       ORDER BY i.id LIMIT ?`,
    )
  }

  /** Every connection that was ever journaled. */
  connections(nowMs: number): ConnectionRecord[] {
    return this.#rows.all(QUARANTINE_KIND).map((row) => ({
      connection: row.name,
      eventCount: row.eventCount,
      repeatCount: row.repeatCount,
      quarantinedCount: row.quarantinedCount,
      openIntentCount: row.openIntentCount,
      lastReceivedAtMs: row.lastReceivedAtMs,
      eventsPerMinute: this.#eventsPerMinute(row.id, nowMs),
      gaps: this.#gaps
        .of(row.id)
        .filter((gap) => gap.isRecovered === 0 && (gap.untilMs ?? nowMs) >= nowMs - GAPS_SHOWN_MS)
        .map((gap) => gapOf(row.name, gap))
        .reverse(),
      drift: this.#drift.all(row.id),
      log: this.#log.all(row.id, LINES_SHOWN),
    }))
  }

  /** Frames that could not be read, newest first. */
  quarantine(ask: { connection: string; beforeSeq: number | null; limit: number }): QuarantinedFrame[] {
    const before = ask.beforeSeq ?? Number.MAX_SAFE_INTEGER
    return this.#quarantine
      .all(PAYLOAD_SHOWN, ask.connection, before, ask.limit)
      .map((frame) => ({ ...frame, connection: connectionId(ask.connection) }))
  }

  /** Intents of a connection that are not over, in the order in which they were first met. */
  openIntents(ask: { connection: string; after: string | null; limit: number }): OpenIntent[] {
    const [, alias] = partsOfConsoleId(ask.after ?? '')
    const after = ask.after === null ? 0 : (this.#placeOf.get(alias, ask.connection) ?? 0)
    return this.#open.all(ask.connection, after, ask.limit).map(({ status, heardAtMs, body }) => {
      const { id, aliases } = intentOf(body)
      const names = aliases.filter(({ kind }) => kind !== FORMER_ID).reverse()
      return { id, aliases: names, status, lastHeardAtMs: heardAtMs }
    })
  }

  #eventsPerMinute(connection: number, nowMs: number): number[] {
    const last = Math.floor(nowMs / MINUTE_MS)
    const first = last - MINUTES_SHOWN + 1
    const counts = Array.from({ length: MINUTES_SHOWN }, () => 0)
    for (const { minute, count } of this.#minutes.iterate(connection, first, last)) {
      counts[minute - first] = count
    }
    return counts
  }
}
