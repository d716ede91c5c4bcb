import type Database from 'better-sqlite3'
import type { Course } from '../../../shared/intent/course.ts'
import { comparableId } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { comparableTag, remarksOf, silencedUntilMs } from '../../../shared/intent/remarks.ts'
import { overdueAtMs } from '../../../shared/intent/stuck.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import type { Db } from '../database.ts'
import { intentText } from '../intentText.ts'
import { Lru } from '../lru.ts'
import { isOpen } from './counters.ts'

/** What a row of `intents` needs besides the folded intent. */
export interface RowContext {
  id: number
  version: number
  connection: number
  vocabulary: Vocabulary
  course: Course
  isWatched: boolean
  heardAtMs: number
}

/** What the database holds of an intent. */
export interface SavedIntent {
  intent: Intent
  /** Null when they were not read; then all are written. */
  columns: readonly Column[] | null
}

/** What one column of one intent holds. */
export type Column = string | number | null

const COLUMNS = [
  'console_id',
  'version',
  'connection',
  'system',
  'phase',
  'status',
  'is_open',
  'is_terminal',
  'is_at_risk',
  'is_contradicted',
  'is_watched',
  'created_at_ms',
  'updated_at_ms',
  'phase_since_ms',
  'heard_at_ms',
  'ended_at_ms',
  'overdue_at_ms',
  'maker',
  'solver',
  'source_chain',
  'destination_chain',
  'source_token',
  'destination_token',
  'source_symbol',
  'destination_symbol',
  'note_count',
  'tags',
  'silenced_until_ms',
] as const

/** Of the sets of columns that can change together a few dozen do. */
const UPDATES_KEPT = 200

/** Writes intents: the columns that are sorted and filtered by, the whole as JSON, names and deadlines. */
export class IntentRows {
  readonly #db
  readonly #insert
  /** One statement for each set of columns that change together. */
  readonly #updates = new Lru<string, Database.Statement<Column[]>>(UPDATES_KEPT)
  readonly #insertDocument
  readonly #updateDocument
  readonly #addMention
  readonly #dropMention
  readonly #addDeadline
  readonly #dropDeadlines
  readonly #deletions

  constructor(db: Db) {
    this.#db = db
    this.#insert = db.prepare<[number, ...Column[]]>(
      `INSERT INTO intents (id, ${COLUMNS.join(', ')}) VALUES (?${', ?'.repeat(COLUMNS.length)})`,
    )
    this.#insertDocument = db.prepare<[number, string]>('INSERT INTO documents (intent, body) VALUES (?, ?)')
    this.#updateDocument = db.prepare<[string, number]>('UPDATE documents SET body = ? WHERE intent = ?')
    this.#addMention = db.prepare<[string, string, number]>('INSERT OR IGNORE INTO mentions VALUES (?, ?, ?)')
    this.#dropMention = db.prepare<[string, string, number]>(
      'DELETE FROM mentions WHERE value = ? AND kind = ? AND intent = ?',
    )
    this.#addDeadline = db.prepare<[number, number]>('INSERT OR IGNORE INTO deadlines VALUES (?, ?)')
    this.#dropDeadlines = db.prepare<[number]>('DELETE FROM deadlines WHERE intent = ?')
    this.#deletions = [
      'DELETE FROM intents WHERE id = ?',
      'DELETE FROM documents WHERE intent = ?',
      'DELETE FROM deadlines WHERE intent = ?',
      'DELETE FROM search WHERE rowid = ?',
    ].map((sql) => db.prepare<[number]>(sql))
  }

  /** Writes one intent, `before` being what is there of it; answers what is there now. */
  save(context: RowContext, intent: Intent, before: SavedIntent | null): SavedIntent {
    const columns = columnsOf(context, intent)
    const body = intentText(intent)
    if (before === null) {
      this.#insert.run(context.id, ...columns)
      this.#insertDocument.run(context.id, body)
    } else {
      this.#update(context.id, columns, before.columns)
      this.#updateDocument.run(body, context.id)
    }
    if (before === null || !hasSameMentions(intent, before.intent)) {
      this.#saveMentions(
        context.id,
        mentionsOf(intent),
        before === null ? NOTHING : mentionsOf(before.intent),
      )
    }
    this.#saveDeadlines(context.id, deadlinesOf(intent), before === null ? [] : deadlinesOf(before.intent))
    return { intent, columns }
  }

  /** Takes an intent out that turned out to be another one. */
  remove(id: number, saved: SavedIntent): void {
    this.#saveMentions(id, NOTHING, mentionsOf(saved.intent))
    for (const deletion of this.#deletions) deletion.run(id)
  }

  /** Only what changed: a column that is set costs its indexes even when it stays the same. */
  #update(id: number, columns: readonly Column[], before: readonly Column[] | null): void {
    const changed: number[] = []
    const values: Column[] = []
    for (let index = 0; index < columns.length; index += 1) {
      if (before !== null && columns[index] === before[index]) continue
      changed.push(index)
      values.push(columns[index] ?? null)
    }
    const label = changed.join()
    let statement = this.#updates.get(label)
    if (statement === undefined) {
      const assignments = changed.map((index) => `${COLUMNS[index] ?? ''} = ?`).join(', ')
      statement = this.#db.prepare<Column[]>(`UPDATE intents SET ${assignments} WHERE id = ?`)
      this.#updates.set(label, statement)
    }
    statement.run(...values, id)
  }

  #saveMentions(id: number, now: Mentions, before: Mentions): void {
    for (const [key, { value, kind }] of before) if (!now.has(key)) this.#dropMention.run(value, kind, id)
    for (const [key, { value, kind }] of now) if (!before.has(key)) this.#addMention.run(value, kind, id)
  }

  #saveDeadlines(id: number, now: number[], before: number[]): void {
    if (now.length === before.length && now.every((atMs, index) => atMs === before[index])) return
    this.#dropDeadlines.run(id)
    for (const atMs of now) this.#addDeadline.run(id, atMs)
  }
}

type Mentions = ReadonlyMap<string, { value: string; kind: string }>

const NOTHING: Mentions = new Map()

/** Folding leaves what a fact did not change as it is, so most facts need no closer look. */
function hasSameMentions(a: Intent, b: Intent): boolean {
  return (
    a.mentions === b.mentions &&
    a.transactions === b.transactions &&
    a.maker === b.maker &&
    a.solver === b.solver
  )
}

/** Everything but its aliases that an intent can be found by, in the form in which ids are compared. */
function mentionsOf(intent: Intent): Mentions {
  const mentions = new Map<string, { value: string; kind: string }>()
  const put = (kind: string, text: string | null): void => {
    if (text === null || text === '') return
    const value = comparableId(text)
    mentions.set(`${kind}\n${value}`, { value, kind })
  }
  put('maker', intent.maker)
  put('solver', intent.solver)
  for (const { kind, value } of intent.mentions) put(kind, value)
  for (const { hash } of intent.transactions) put('transaction', hash)
  return mentions
}

/** Only what is not over has deadlines worth sorting by. */
function deadlinesOf(intent: Intent): number[] {
  return isOpen(intent) ? intent.deadlines.map(({ atMs }) => atMs) : []
}

function columnsOf(context: RowContext, intent: Intent): Column[] {
  const { source, destination } = intent
  const remarks = remarksOf(intent)
  const columns: Record<(typeof COLUMNS)[number], Column> = {
    console_id: intent.id,
    version: context.version,
    connection: context.connection,
    system: intent.system,
    phase: intent.phase,
    status: intent.status,
    is_open: Number(isOpen(intent)),
    is_terminal: Number(intent.isTerminal),
    is_at_risk: Number(intent.moneyAtRisk),
    is_contradicted: Number(intent.contradictions.length > 0),
    is_watched: Number(context.isWatched),
    created_at_ms: intent.createdAtMs,
    updated_at_ms: intent.updatedAtMs,
    phase_since_ms: intent.phaseSinceMs,
    heard_at_ms: context.heardAtMs,
    ended_at_ms: intent.isTerminal ? intent.phaseSinceMs : null,
    overdue_at_ms: overdueAtMs({ ...intent, course: context.course }, context.vocabulary),
    maker: comparableOrNull(intent.maker),
    solver: comparableOrNull(intent.solver),
    source_chain: source.chainId,
    destination_chain: destination.chainId,
    source_token: comparableOrNull(source.token),
    destination_token: comparableOrNull(destination.token),
    source_symbol: source.amount?.symbol ?? null,
    destination_symbol: destination.amount?.symbol ?? null,
    note_count: remarks.notes.length,
    tags: tagsColumn(remarks.tags),
    silenced_until_ms: silencedUntilMs(remarks),
  }
  return COLUMNS.map((name) => columns[name])
}

/** A line each, so that one tag is found among them and not a part of one. */
function tagsColumn(tags: readonly string[]): string | null {
  return tags.length === 0 ? null : `\n${tags.map(comparableTag).join('\n')}\n`
}

function comparableOrNull(text: string | null): string | null {
  return text === null ? null : comparableId(text)
}
