import { Failure } from '../../../shared/api/failure.ts'
import type { IntentSummary } from '../../../shared/api/row.ts'
import { comparableId } from '../../../shared/intent/ids.ts'
import { looksLikeIdentifier, SHORTEST_PREFIX } from '../../../shared/query/identifier.ts'
import type { Db } from '../database.ts'
import type { Sort } from '../store.ts'
import { partsOfConsoleId } from './consoleId.ts'
import type { IntentReader } from './intentReader.ts'
import type { Pages } from './pages.ts'

const NEWEST_FIRST: Sort = { by: 'changed', isAscending: false }

/** Candidates that a sentence names when an identifier fits several. */
const NAMED = 5

/** Sorts after every text that starts with what stands before it. */
const LAST_CHARACTER = '\u{10ffff}'

/** Intents of an inner select, newest change first: all of them, or those of one connection. */
const newestOf = (named: string): string => `
  SELECT i.id FROM (${named}) n JOIN intents i ON i.id = n.intent
  WHERE @connection IS NULL OR i.connection = @connection ORDER BY i.version DESC LIMIT @limit`

/** The ways to take a text for an identifier, from the surest on. */
const WAYS = {
  alias: newestOf('SELECT intent FROM aliases WHERE value = @id'),
  mention: newestOf('SELECT DISTINCT intent FROM mentions WHERE value = @id'),
  aliasPrefix: newestOf('SELECT DISTINCT intent FROM aliases WHERE value >= @id AND value < @end'),
  mentionPrefix: newestOf('SELECT DISTINCT intent FROM mentions WHERE value >= @id AND value < @end'),
} as const

/** What every way is asked with. */
interface Named {
  id: string
  /** Sorts after every text that starts with `id`. */
  end: string
  /** Integer of the connection that the text begins with; null when it begins with none. */
  connection: number | null
  limit: number
}

/** Finds intents by anything that names them. */
export class Finder {
  readonly #pages
  readonly #reader: IntentReader
  readonly #ways
  readonly #connection

  constructor(db: Db, pages: Pages) {
    this.#pages = pages
    this.#reader = pages.reader
    const prepare = (sql: string) => db.prepare<[Named], number>(sql).pluck()
    this.#ways = {
      alias: prepare(WAYS.alias),
      mention: prepare(WAYS.mention),
      aliasPrefix: prepare(WAYS.aliasPrefix),
      mentionPrefix: prepare(WAYS.mentionPrefix),
    }
    this.#connection = db
      .prepare<[string], number>('SELECT id FROM connections WHERE name = ? COLLATE NOCASE')
      .pluck()
  }

  /** Intents that a text names, or that match it as a query; newest change first, an id's own intents before others. */
  find(ask: { query: string; limit: number; nowMs: number }): IntentSummary[] {
    const named = looksLikeIdentifier(ask.query) ? this.#named(ask.query, ask.limit) : []
    const ids = named.length > 0 ? named : this.#pages.matching(ask.query, NEWEST_FIRST, ask)
    return ids.flatMap((id) => {
      const stored = this.#reader.stored(id)
      return stored === null ? [] : [this.#reader.summary(stored, ask.nowMs)]
    })
  }

  /** The one intent that a text names; fails with `not-found`, or with `usage` when it fits several. */
  one(text: string): number {
    for (const ids of this.#tiers(text, NAMED + 1)) {
      const [only, ...others] = ids
      if (only === undefined) continue
      if (others.length === 0) return only
      throw this.#ambiguous(text, ids)
    }
    throw new Failure('not-found', `No intent is known by ${text.trim()}.`, {
      tip: 'Check the id; the console knows what its connections have told it since it began to listen.',
      facts: { id: text.trim() },
    })
  }

  /** An exact name wins over a prefix; of equal ways, an intent's own names come before what it mentions. */
  #named(text: string, limit: number): number[] {
    const [alias = [], mention = [], ...prefixes] = [...this.#tiers(text, limit)]
    const exact = [...alias, ...mention]
    return [...new Set(exact.length > 0 ? exact : prefixes.flat())].slice(0, limit)
  }

  *#tiers(text: string, limit: number): Generator<number[]> {
    const [name, rest] = partsOfConsoleId(text)
    const connection = this.#connection.get(name) ?? null
    const id = connection === null ? comparableId(text) : rest
    const named: Named = { id, end: id + LAST_CHARACTER, connection, limit }
    yield this.#ways.alias.all(named)
    yield this.#ways.mention.all(named)
    if (id.length < SHORTEST_PREFIX) return
    yield this.#ways.aliasPrefix.all(named)
    yield this.#ways.mentionPrefix.all(named)
  }

  #ambiguous(text: string, ids: readonly number[]): Failure {
    const names = ids.slice(0, NAMED).flatMap((id) => this.#reader.stored(id)?.intent.id ?? [])
    const more = ids.length > NAMED ? ', and more' : ''
    return new Failure('usage', `${text.trim()} fits several intents: ${names.join(', ')}${more}.`, {
      tip: 'Give more of the id, or one of these.',
      facts: { id: text.trim(), candidates: names.join(' ') },
    })
  }
}
