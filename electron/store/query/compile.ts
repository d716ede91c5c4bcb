import { Failure } from '../../../shared/api/failure.ts'
import { comparableId } from '../../../shared/intent/ids.ts'
import { comparableTag } from '../../../shared/intent/remarks.ts'
import { looksLikeIdentifier, SHORTEST_PREFIX } from '../../../shared/query/identifier.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import { QueryProblem, type Query, type Term } from '../../../shared/query/query.ts'
import { partsOfConsoleId } from './consoleId.ts'

/** A condition on `intents i`, with its values apart: a value never becomes part of the SQL. */
export interface Condition {
  sql: string
  values: (string | number)[]
  /** Whether the answer changes with time or with something other than the intent's own version. */
  isVolatile: boolean
}

/** Fewer characters than a trigram has are not in the index. */
const TRIGRAM = 3

/** Sorts after every text that starts with what stands before it. */
const LAST_CHARACTER = '\u{10ffff}'

/** The condition that a person's query stands for at an instant; fails with `usage` and the place. */
export function compileQuery(text: string, nowMs: number): Condition {
  // A console id has a colon and would read as a field.
  if (looksLikeIdentifier(text)) return textCondition(text.trim())
  try {
    return compile(parseQuery(text), nowMs)
  } catch (error) {
    if (!(error instanceof QueryProblem)) throw error
    throw new Failure('usage', error.message, {
      tip: 'Correct the query at that place.',
      facts: { at: error.at, expected: error.expected, found: error.found },
    })
  }
}

/** The condition that a parsed query stands for. */
function compile(query: Query, nowMs: number): Condition {
  switch (query.kind) {
    case 'all':
      return plain('1')
    case 'and':
      return joined(query.of, ' AND ', nowMs)
    case 'or':
      return joined(query.of, ' OR ', nowMs)
    case 'not': {
      const { sql, values, isVolatile } = compile(query.of, nowMs)
      return { sql: `NOT coalesce(${sql}, 0)`, values, isVolatile }
    }
    case 'text':
      return textCondition(query.text)
    case 'term':
      return termCondition(query, nowMs)
  }
}

function joined(of: Query[], by: ' AND ' | ' OR ', nowMs: number): Condition {
  const parts = of.map((part) => compile(part, nowMs))
  return {
    sql: `(${parts.map(({ sql }) => sql).join(by)})`,
    values: parts.flatMap(({ values }) => values),
    isVolatile: parts.some(({ isVolatile }) => isVolatile),
  }
}

function plain(sql: string, ...values: (string | number)[]): Condition {
  return { sql, values, isVolatile: false }
}

function volatile(sql: string, ...values: (string | number)[]): Condition {
  return { sql, values, isVolatile: true }
}

function termCondition(term: Term, nowMs: number): Condition {
  switch (term.field) {
    case 'is':
      return isCondition(term.value, nowMs)
    case 'has':
      return hasCondition(term.value, nowMs)
    case 'age':
      return volatile(`i.phase_since_ms ${term.op === '>' ? '<' : '>'} ?`, nowMs - term.ms)
    case 'updated':
      return volatile(`i.updated_at_ms ${term.op === '>' ? '<' : '>'} ?`, nowMs - term.ms)
    case 'system':
    case 'connection':
    case 'phase':
    case 'status':
    case 'maker':
    case 'solver':
    case 'chain':
    case 'route':
    case 'token':
    case 'tag':
      return fieldCondition(term.field, term.value)
  }
}

function fieldCondition(
  field: Exclude<Term['field'], 'is' | 'has' | 'age' | 'updated'>,
  value: string,
): Condition {
  switch (field) {
    case 'system':
      return plain('i.system = ?', value)
    case 'connection':
      return plain('i.connection = (SELECT id FROM connections WHERE name = ? COLLATE NOCASE)', value)
    case 'phase':
      return plain('i.phase = ?', value)
    case 'status':
      return plain('i.status = ? COLLATE NOCASE', value)
    case 'maker':
    case 'solver': {
      // The mention finds them by an index; the column knows whether it is still so.
      const id = comparableId(value)
      const found = 'i.id IN (SELECT intent FROM mentions WHERE value = ? AND kind = ?)'
      return plain(`(${found} AND i.${field} = ?)`, id, field, id)
    }
    case 'chain':
      return plain('(i.source_chain = ? OR i.destination_chain = ?)', Number(value), Number(value))
    case 'route': {
      const [source, destination] = value.split('-').map(Number)
      return plain('(i.source_chain = ? AND i.destination_chain = ?)', source ?? 0, destination ?? 0)
    }
    case 'token': {
      const token = comparableId(value)
      return plain(
        `(i.source_token = ? OR i.destination_token = ?
          OR i.source_symbol = ? COLLATE NOCASE OR i.destination_symbol = ? COLLATE NOCASE)`,
        token,
        token,
        value,
        value,
      )
    }
    case 'tag':
      return plain('(i.tags IS NOT NULL AND instr(i.tags, ?) > 0)', `\n${comparableTag(value)}\n`)
  }
}

function isCondition(word: Extract<Term, { field: 'is' }>['value'], nowMs: number): Condition {
  switch (word) {
    case 'stuck':
      return volatile('i.overdue_at_ms <= ?', nowMs)
    case 'open':
      return plain('i.is_open = 1')
    case 'terminal':
      return plain('i.is_terminal = 1')
    case 'watched':
      return plain('i.is_watched = 1')
    case 'at-risk':
      return plain('i.is_at_risk = 1')
    case 'contradicted':
      return plain('i.is_contradicted = 1')
    case 'silenced':
      return volatile('i.silenced_until_ms > ?', nowMs)
  }
}

function hasCondition(word: Extract<Term, { field: 'has' }>['value'], nowMs: number): Condition {
  switch (word) {
    case 'gap':
      return volatile(
        `EXISTS (SELECT 1 FROM gaps g WHERE g.connection = i.connection AND g.is_recovered = 0
           AND g.from_ms <= coalesce(i.ended_at_ms, ?)
           AND (g.until_ms IS NULL OR g.until_ms >= i.created_at_ms))`,
        nowMs,
      )
    case 'note':
      return plain('i.note_count > 0')
  }
}

/**
 * Bare text: a substring of any text of the intent, or the beginning of one of its identifiers. One list of ids, so that
 * the search finds the intents, instead of every intent being held against the search.
 */
function textCondition(text: string): Condition {
  const lists = [...substringLists(text.toLowerCase())]
  const id = comparableId(text)
  if (id.length >= SHORTEST_PREFIX) lists.push(...prefixLists(id))
  const [connection, alias] = partsOfConsoleId(text)
  if (connection !== '' && alias !== '') lists.push(consoleIdList(connection, alias))
  const sql = lists.map((list) => list.sql).join(' UNION ALL ')
  return volatile(`i.id IN (${sql})`, ...lists.flatMap(({ values }) => values))
}

/** A select of intents' integers. */
interface IdList {
  sql: string
  values: string[]
}

/** The index, without what has changed since it was brought up to date, and that looked at one by one. */
function substringLists(needle: string): IdList[] {
  const carrying = 'SELECT t.id FROM intents t JOIN documents d ON d.intent = t.id WHERE carries(d.body, ?)'
  // The search language ends at a NUL.
  if (Array.from(needle).length < TRIGRAM || needle.includes('\0'))
    return [{ sql: carrying, values: [needle] }]
  const searched = "coalesce((SELECT value FROM meta WHERE name = 'searchedVersion'), 0)"
  return [
    {
      sql: `SELECT rowid FROM search WHERE search MATCH ?
            AND rowid NOT IN (SELECT id FROM intents WHERE version > ${searched})`,
      values: [`"${needle.replaceAll('"', '""')}"`],
    },
    { sql: `${carrying} AND t.version > ${searched}`, values: [needle] },
  ]
}

function prefixLists(id: string): IdList[] {
  const values = [id, id + LAST_CHARACTER]
  return ['aliases', 'mentions'].map((table) => ({
    sql: `SELECT intent FROM ${table} WHERE value >= ? AND value < ?`,
    values,
  }))
}

function consoleIdList(connection: string, alias: string): IdList {
  return {
    sql: `SELECT intent FROM aliases WHERE value >= ? AND value < ?
       AND connection = (SELECT id FROM connections WHERE name = ? COLLATE NOCASE)`,
    values: [alias, alias + LAST_CHARACTER, connection],
  }
}
