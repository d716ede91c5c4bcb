import { CLOSED_VALUES, FIELDS, QueryProblem, type Field, type Query, type Term } from './query.ts'
import { tokensOf, type Token } from './tokens.ts'

/** Deepest nesting of parentheses and `not`: more is no question that a person asks. */
const DEEPEST = 30

/** Most terms in one query, for the same reason; it also keeps what a store makes of it small. */
const MOST_TERMS = 200

/** Longest number before the unit of a duration: nine digits of days are past any calendar. */
const MOST_DIGITS = 9

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Reads a query (interfaces.md section 4); an empty text matches everything. Throws `QueryProblem`. */
export function parseQuery(text: string): Query {
  const tokens = tokensOf(text)
  if (tokens.length === 0) return { kind: 'all' }
  const terms = tokens.filter(({ kind }) => kind === 'text' || kind === 'field')
  const tooMany = terms[MOST_TERMS]
  if (tooMany !== undefined) {
    throw new QueryProblem(tooMany.at, `at most ${String(MOST_TERMS)} terms`, 'more')
  }
  const reader: Reader = { tokens, next: 0, endAt: text.length, depth: 0 }
  const query = readOr(reader)
  const extra = reader.tokens[reader.next]
  if (extra !== undefined) throw new QueryProblem(extra.at, 'a term or the end', quote(extra.source))
  return query
}

interface Reader {
  tokens: Token[]
  next: number
  endAt: number
  depth: number
}

function readOr(reader: Reader): Query {
  const of = [readAnd(reader)]
  while (take(reader, 'or')) of.push(readAnd(reader))
  return one(of) ?? { kind: 'or', of }
}

function readAnd(reader: Reader): Query {
  const of = [readNot(reader)]
  for (;;) {
    const isJoined = take(reader, 'and')
    const kind = reader.tokens[reader.next]?.kind
    if (!isJoined && (kind === undefined || kind === 'or' || kind === 'close')) break
    of.push(readNot(reader))
  }
  return one(of) ?? { kind: 'and', of }
}

function readNot(reader: Reader): Query {
  if (!take(reader, 'not')) return readTerm(reader)
  return { kind: 'not', of: deeper(reader, readNot) }
}

function readTerm(reader: Reader): Query {
  const token = reader.tokens[reader.next]
  reader.next += 1
  if (token?.kind === 'text') return { kind: 'text', text: token.text }
  if (token?.kind === 'field') return termOf(token)
  if (token?.kind !== 'open') {
    const expected = 'a term: text, field:value, "not" or "("'
    throw new QueryProblem(token?.at ?? reader.endAt, expected, token ? quote(token.source) : 'the end')
  }
  const query = deeper(reader, readOr)
  const end = reader.tokens[reader.next]
  if (!take(reader, 'close')) {
    throw new QueryProblem(end?.at ?? reader.endAt, '")"', end ? quote(end.source) : 'the end')
  }
  return query
}

function deeper(reader: Reader, read: (reader: Reader) => Query): Query {
  const at = reader.tokens[reader.next]?.at ?? reader.endAt
  if (reader.depth >= DEEPEST) throw new QueryProblem(at, `at most ${String(DEEPEST)} levels`, 'a deeper one')
  reader.depth += 1
  const query = read(reader)
  reader.depth -= 1
  return query
}

function take(reader: Reader, kind: Token['kind']): boolean {
  if (reader.tokens[reader.next]?.kind !== kind) return false
  reader.next += 1
  return true
}

function one(of: Query[]): Query | null {
  return of.length === 1 ? (of[0] ?? null) : null
}

type FieldToken = Extract<Token, { kind: 'field' }>

function termOf(token: FieldToken): Term {
  const { name, op, value, valueAt } = token
  if (!isField(name)) {
    const expected = `one of the fields ${FIELDS.join(', ')} (or quotes around a text with a colon)`
    throw new QueryProblem(token.at, expected, quote(name))
  }
  if (name === 'age' || name === 'updated') return durationTerm(token, name)
  if (op !== ':') throw new QueryProblem(valueAt - 1, `a value: only age and updated compare`, quote(op))
  if (name === 'is') return { kind: 'term', field: name, op, value: ofClosed(CLOSED_VALUES.is, token) }
  if (name === 'has') return { kind: 'term', field: name, op, value: ofClosed(CLOSED_VALUES.has, token) }
  if (name === 'system' || name === 'phase') {
    return { kind: 'term', field: name, op, value: ofClosed(CLOSED_VALUES[name], token) }
  }
  if (name === 'chain' && !/^[0-9]{1,20}$/.test(value)) {
    throw new QueryProblem(valueAt, 'a chain id in digits, such as chain:84532', quote(value))
  }
  if (name === 'route' && !/^[0-9]{1,20}-[0-9]{1,20}$/.test(value)) {
    throw new QueryProblem(
      valueAt,
      'the source and the destination chain, such as route:84532-421614',
      quote(value),
    )
  }
  return { kind: 'term', field: name, op, value }
}

function durationTerm(token: FieldToken, field: 'age' | 'updated'): Term {
  const { op, value, valueAt } = token
  if (op === ':') throw new QueryProblem(valueAt, `">" or "<", as in ${field}:>10m`, quote(value))
  const [, digits = '', unit = ''] = /^([0-9]+)([smhd])$/.exec(value.toLowerCase()) ?? []
  const unitMs = UNIT_MS[unit]
  if (unitMs === undefined || digits.length > MOST_DIGITS) {
    throw new QueryProblem(valueAt, 'a length of time such as 30s, 10m, 2h or 1d', quote(value))
  }
  return { kind: 'term', field, op, value, ms: Number(digits) * unitMs }
}

function ofClosed<Word extends string>(words: readonly Word[], { value, valueAt }: FieldToken): Word {
  const word = words.find((one) => one === value.toLowerCase())
  if (word === undefined) throw new QueryProblem(valueAt, `one of ${words.join(', ')}`, quote(value))
  return word
}

function isField(name: string): name is Field {
  return (FIELDS as readonly string[]).includes(name)
}

/** Longest piece of a wrong query that its sentence repeats. */
const LONGEST_QUOTE = 40

function quote(text: string): string {
  return `"${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text}"`
}
