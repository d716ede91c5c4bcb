import type { Settings } from '../../../shared/api/settings.ts'
import type { Db } from '../database.ts'
import type { Register } from '../register.ts'
import type { Writer } from '../writer.ts'
import { Sweep } from './sweep.ts'

const DAY_MS = 86_400_000

/** Between two looks: what is to go is days old, so an hour more does not matter. */
const LOOK_EVERY_MS = 3_600_000

/** Intents, or events that tell of none, removed in one transaction: some 20 ms. */
const SLICE = 100

/** When the store is too large, the oldest tenth of the journal is gone through at a time. */
const TENTH = 10

/** What a retention needs. */
export interface RetentionOptions {
  db: Db
  register: Register
  writer: Writer
  settings: () => Pick<Settings, 'keepClosedDays' | 'keepMegabytes'>
}

/**
 * Removes what is over and old, when a person has asked for it: whole intents that have ended, with every event that
 * tells of them, and events that tell of no intent. Works in slices, for the moments when nobody calls. What was not
 * finished when the console ends is found again later.
 */
export class Retention {
  readonly #options
  readonly #removable
  #sweep: Sweep | null = null
  #isSwept = false
  #lookedAtMs: number | null = null

  constructor(options: RetentionOptions) {
    this.#options = options
    this.#removable = options.db
      .prepare<[number], number>(
        `SELECT sum(f.times) FROM intents i JOIN facts f ON f.intent = i.id
         WHERE i.id = ? AND i.is_open = 0 AND i.is_at_risk = 0 AND i.is_watched = 0 AND i.is_contradicted = 0
           AND NOT EXISTS (SELECT 1 FROM actions a WHERE a.is_open = 1 AND a.intent = i.console_id)`,
      )
      .pluck()
  }

  /** Does the next slice; false when nothing is to be done now. */
  advance(nowMs: number): boolean {
    if (this.#sweep === null) return this.#begin(nowMs)
    if (!this.#isSwept) {
      this.#isSwept = !this.#sweep.advance()
      return true
    }
    if (this.#removeSlice(this.#sweep, nowMs)) return true
    this.#sweep = null
    return false
  }

  #begin(nowMs: number): boolean {
    if (this.#lookedAtMs !== null && Math.abs(nowMs - this.#lookedAtMs) < LOOK_EVERY_MS) return false
    this.#lookedAtMs = nowMs
    const endSeq = this.#endSeq(nowMs)
    if (endSeq === 0) return false
    this.#sweep = new Sweep(this.#options.db, this.#options.register, endSeq)
    this.#isSwept = false
    return true
  }

  /** The last event that is old enough, by age or because the store is too large; 0 when none is. */
  #endSeq(nowMs: number): number {
    const { keepClosedDays, keepMegabytes } = this.#options.settings()
    const byAge = keepClosedDays === null ? 0 : this.#lastBefore(nowMs - keepClosedDays * DAY_MS)
    const bySize =
      keepMegabytes !== null && this.#usedBytes() > keepMegabytes * 2 ** 20 ? this.#oldestTenth() : 0
    return Math.max(byAge, bySize)
  }

  /** Up to the first event that is young enough, so that a clock that was wrong for a while makes nothing old. */
  #lastBefore(atMs: number): number {
    const { db } = this.#options
    const firstYoung = db
      .prepare<[number], number>('SELECT seq FROM raw_events WHERE received_at_ms >= ? ORDER BY seq LIMIT 1')
      .pluck()
      .get(atMs)
    return firstYoung === undefined ? this.#bounds().last : firstYoung - 1
  }

  #oldestTenth(): number {
    const { first, last } = this.#bounds()
    return first + Math.floor((last - first) / TENTH)
  }

  #bounds(): { first: number; last: number } {
    const bounds = this.#options.db
      .prepare<[], { first: number | null; last: number | null }>(
        'SELECT min(seq) AS first, max(seq) AS last FROM raw_events',
      )
      .get()
    return { first: bounds?.first ?? 0, last: bounds?.last ?? 0 }
  }

  /** What a deletion frees is used again; the file itself does not shrink. */
  #usedBytes(): number {
    const ask = (name: string): number => this.#options.db.pragma(name, { simple: true }) as number
    return (ask('page_count') - ask('freelist_count')) * ask('page_size')
  }

  /** Removes some of what was found; false when nothing is left. */
  #removeSlice(sweep: Sweep, nowMs: number): boolean {
    const intents = new Set<number>()
    const seqs = new Set(sweep.loose.splice(0, SLICE))
    for (const intent of [...sweep.mentions.keys()]) {
      if (intents.size >= SLICE || seqs.size >= SLICE * TENTH) break
      const group = groupOf(intent, sweep)
      if (group.every((one) => this.#isRemovable(one, sweep))) {
        for (const one of group) {
          intents.add(one)
          for (const seq of sweep.mentions.get(one)?.seqs ?? []) seqs.add(seq)
        }
      }
      for (const one of group) sweep.mentions.delete(one)
    }
    if (seqs.size > 0) {
      this.#options.writer.remove({ intents: [...intents], seqs: [...seqs].sort((a, b) => a - b), nowMs })
    }
    return sweep.mentions.size > 0 || sweep.loose.length > 0
  }

  /** Over, and told of by no event but those that were swept. */
  #isRemovable(intent: number, sweep: Sweep): boolean {
    return !sweep.bound.has(intent) && this.#removable.get(intent) === sweep.mentions.get(intent)?.factCount
  }
}

/** An intent and all those that share events with it, directly or through others. */
function groupOf(intent: number, { mentions, shared }: Sweep): number[] {
  const group = new Set([intent])
  for (const one of group) {
    for (const seq of mentions.get(one)?.seqs ?? []) {
      for (const other of shared.get(seq) ?? []) group.add(other)
    }
  }
  return [...group]
}
