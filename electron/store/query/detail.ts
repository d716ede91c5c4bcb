import type { IntentDetail, TimelineEntry } from '../../../shared/api/row.ts'
import { remarksOf } from '../../../shared/intent/remarks.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { timelineOf } from '../../../shared/intent/timeline.ts'
import { Damage } from '../damage.ts'
import type { Db } from '../database.ts'
import { History } from '../projections/history.ts'
import type { Register } from '../register.ts'
import type { Finder } from './finder.ts'
import type { GapRow } from './gaps.ts'
import type { IntentReader, StoredIntent } from './intentReader.ts'

/** Reads one intent with all that is known of it. */
export class DetailReader {
  readonly #finder
  readonly #reader
  readonly #history
  readonly #register

  constructor(db: Db, register: Register, parts: { finder: Finder; reader: IntentReader }) {
    this.#finder = parts.finder
    this.#reader = parts.reader
    this.#register = register
    this.#history = new History(db, register)
  }

  /**
   * The intent of any id, and the version at which it last changed, its gaps included. Fails with `not-found`, or with
   * `usage` when the id fits several.
   */
  get(ask: { id: string; nowMs: number }): { version: number; intent: IntentDetail } {
    const stored = this.#stored(ask.id)
    const { intent } = stored
    const gaps = this.#reader.gapsOf(stored, ask.nowMs)
    const remarks = remarksOf(intent)
    return {
      version: Math.max(stored.version, ...gaps.map(({ version }) => version)),
      intent: {
        ...this.#reader.summary(stored, ask.nowMs),
        row: this.#reader.row(stored, gaps),
        mentions: intent.mentions,
        transactions: intent.transactions,
        proofStatus: intent.proofStatus,
        failures: intent.failures,
        details: intent.details,
        panels: this.#register.panelsOf?.(intent) ?? [],
        course: this.#register.courseOf?.(intent) ?? [],
        stages: intent.stages,
        notes: remarks.notes,
        silence: remarks.silence,
        fundsLockedAtMs: intent.fundsLockedAtMs,
        fundsReleasedAtMs: intent.fundsReleasedAtMs,
        timeline: this.#timeline(stored, gaps),
      },
    }
  }

  /** The folded intent of any id; fails as `get` does. */
  intent(id: string): Intent {
    return this.#stored(id).intent
  }

  #stored(id: string): StoredIntent {
    const stored = this.#reader.stored(this.#finder.one(id))
    if (stored === null) throw new Damage('An index leads to an intent that is not there.')
    return stored
  }

  #timeline({ id, intent }: StoredIntent, gaps: readonly GapRow[]): TimelineEntry[] {
    const { system, connection } = intent
    const entries = timelineOf({ id: intent.id, system, connection }, this.#history.of(id)).map(
      ({ heard, flags, repeats, ...entry }): TimelineEntry => {
        const said = repeats + heard.repeats
        return {
          ...entry,
          seq: heard.seq,
          flags: said > 0 && !flags.includes('repeat') ? [...flags, 'repeat'] : flags,
          repeats: said,
        }
      },
    )
    return withGaps(entries, gaps.filter(({ isRecovered }) => isRecovered === 0).map(gapEntry))
  }
}

function gapEntry(gap: GapRow): TimelineEntry {
  return {
    seq: gap.openedSeq,
    kind: 'gap',
    origin: 'console',
    atMs: gap.fromMs,
    receivedAtMs: gap.fromMs,
    status: null,
    flags: [],
    repeats: 0,
    lane: 'console',
    changes: [],
    fromMs: gap.fromMs,
    untilMs: gap.untilMs,
    reason: gap.reason,
    repairedAtMs: gap.repairedAtMs,
  }
}

/** Puts gaps among the entries by time; the order that the entries have among themselves stays. */
function withGaps(entries: readonly TimelineEntry[], gaps: readonly TimelineEntry[]): TimelineEntry[] {
  const merged = [...entries]
  for (const gap of gaps) {
    const after = merged.findIndex(({ atMs }) => atMs > gap.atMs)
    merged.splice(after === -1 ? merged.length : after, 0, gap)
  }
  return merged
}
