import type { IntentRow, IntentSummary } from '../../../shared/api/row.ts'
import type { Course, Situation, SituationInShort } from '../../../shared/intent/course.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { mainIdOf } from '../../../shared/intent/mainId.ts'
import { remarksOf, silencedUntilMs } from '../../../shared/intent/remarks.ts'
import { stuckAt } from '../../../shared/intent/stuck.ts'
import type { Db } from '../database.ts'
import { intentOf } from '../intentText.ts'
import { NO_VOCABULARY, type Register } from '../register.ts'
import { GapReader, type GapRow } from './gaps.ts'

/** An intent as it is stored. */
export interface StoredIntent {
  id: number
  version: number
  connection: number
  intent: Intent
  isWatched: boolean
  overdueAtMs: number | null
}

/** An intent as `STORED` reads it. */
interface StoredRow {
  id: number
  version: number
  connection: number
  heardAtMs: number
  isWatched: number
  overdueAtMs: number | null
  body: string
}

/** Selects the `StoredRow` of an intent. */
const STORED = `
  SELECT i.id, i.version, i.connection, i.heard_at_ms AS heardAtMs, i.is_watched AS isWatched,
         i.overdue_at_ms AS overdueAtMs, d.body
  FROM intents i JOIN documents d ON d.intent = i.id WHERE i.id = ?`

/** Reads stored intents and shapes them for the screens. */
export class IntentReader {
  readonly gaps
  readonly #register
  readonly #stored

  constructor(db: Db, register: Register) {
    this.gaps = new GapReader(db)
    this.#register = register
    this.#stored = db.prepare<[number], StoredRow>(STORED)
  }

  /** The intent of an integer id; null when it was merged into another. */
  stored(id: number): StoredIntent | null {
    const row = this.#stored.get(id)
    return row === undefined ? null : storedOf(row)
  }

  /** Gaps over an intent's life, with those that turned out to be none. */
  gapsOf({ connection, intent }: StoredIntent, nowMs: number): GapRow[] {
    const untilMs = intent.isTerminal ? intent.phaseSinceMs : nowMs
    return this.gaps.touching({ connection, createdAtMs: intent.createdAtMs, untilMs })
  }

  /** The line of the grid. */
  row(stored: StoredIntent, gaps: readonly GapRow[]): IntentRow {
    const { intent, version, isWatched, overdueAtMs } = stored
    const remarks = remarksOf(intent)
    return {
      id: intent.id,
      version,
      system: intent.system,
      connection: intent.connection,
      mainId: mainIdOf(intent),
      status: intent.status,
      phase: intent.phase,
      isTerminal: intent.isTerminal,
      phaseSinceMs: intent.phaseSinceMs,
      createdAtMs: intent.createdAtMs,
      updatedAtMs: intent.updatedAtMs,
      lastHeardAtMs: intent.lastHeardAtMs,
      lastKind: intent.lastKind,
      lastOrigin: intent.lastOrigin,
      source: intent.source,
      destination: intent.destination,
      maker: intent.maker,
      solver: intent.solver,
      deadlines: intent.deadlines,
      situations: this.#course(intent).map(inShort),
      overdueAtMs,
      moneyAtRisk: intent.moneyAtRisk,
      isContradicted: intent.contradictions.length > 0,
      isRemoved: intent.isRemoved,
      isWatched,
      hasGap: gaps.some(({ isRecovered }) => isRecovered === 0),
      tags: remarks.tags,
      noteCount: remarks.notes.length,
      silencedUntilMs: silencedUntilMs(remarks),
    }
  }

  /** The intent in short. */
  summary({ intent }: StoredIntent, nowMs: number): IntentSummary {
    const vocabulary = this.#register.vocabularyOf(intent.system) ?? NO_VOCABULARY
    return {
      id: intent.id,
      system: intent.system,
      connection: intent.connection,
      aliases: intent.aliases,
      status: intent.status,
      phase: intent.phase,
      isTerminal: intent.isTerminal,
      moneyAtRisk: intent.moneyAtRisk,
      createdAtMs: intent.createdAtMs,
      updatedAtMs: intent.updatedAtMs,
      deadlines: intent.deadlines,
      stuck: stuckAt({ ...intent, course: this.#course(intent) }, vocabulary, nowMs),
      isNotFound: intent.isNotFound,
      contradictions: intent.contradictions,
      maker: intent.maker,
      solver: intent.solver,
      source: intent.source,
      destination: intent.destination,
    }
  }

  #course(intent: Intent): Course {
    return this.#register.courseOf?.(intent) ?? []
  }
}

function inShort({ fromMs, label, nextActor, then, byKind }: Situation): SituationInShort {
  return { fromMs, label, nextActor, then, byKind }
}

/** The intent that a row holds. */
function storedOf({ id, version, connection, overdueAtMs, ...row }: StoredRow): StoredIntent {
  const intent = intentOf(row.body)
  intent.lastHeardAtMs = row.heardAtMs
  return { id, version, connection, intent, isWatched: row.isWatched === 1, overdueAtMs }
}
