import { QueryProblem } from './query.ts'

/** One piece of a query text. `at` is where it begins. */
export type Token = { at: number; source: string } & (
  | { kind: 'open' | 'close' | 'and' | 'or' | 'not' }
  /** A bare or quoted text. */
  | { kind: 'text'; text: string }
  /** `name:value`, with the value unquoted; `op` is `:` alone or with `>` or `<`. */
  | { kind: 'field'; name: string; op: ':' | '>' | '<'; value: string; valueAt: number }
)

const QUOTED = /"((?:[^"\\]|\\.)*)"/y
const FIELD = /([A-Za-z][A-Za-z-]*):([<>]?)/y
const BARE = /[^\s()"]+/y

/** Cuts a text into its pieces. Throws `QueryProblem` where a quote is not closed or a field has no value. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1
    if (at >= text.length) return tokens
    const token = tokenAt(text, at)
    tokens.push(token)
    at += token.source.length
  }
}

function tokenAt(text: string, at: number): Token {
  const first = text.charAt(at)
  if (first === '(') return { kind: 'open', at, source: first }
  if (first === ')') return { kind: 'close', at, source: first }
  if (first === '"') {
    const quoted = quotedAt(text, at)
    return { kind: 'text', at, ...quoted }
  }
  const field = matchAt(FIELD, text, at)
  if (field !== null) return fieldAt(text, at, field)
  const source = matchAt(BARE, text, at)?.[0] ?? first
  const word = source.toLowerCase()
  if (word === 'and' || word === 'or' || word === 'not') return { kind: word, at, source }
  return { kind: 'text', at, source, text: source }
}

function fieldAt(text: string, at: number, [head, name = '', sign]: RegExpExecArray): Token {
  const valueAt = at + head.length
  const isQuoted = text.charAt(valueAt) === '"'
  const bare = matchAt(BARE, text, valueAt)?.[0] ?? ''
  const value = isQuoted ? quotedAt(text, valueAt) : { source: bare, text: bare }
  if (value.text === '') throw new QueryProblem(valueAt, `a value after "${head}"`, foundAt(text, valueAt))
  const op = sign === '>' || sign === '<' ? sign : ':'
  return {
    kind: 'field',
    at,
    source: head + value.source,
    name: name.toLowerCase(),
    op,
    value: value.text,
    valueAt,
  }
}

function quotedAt(text: string, at: number): { source: string; text: string } {
  const match = matchAt(QUOTED, text, at)
  if (match === null) throw new QueryProblem(text.length, 'a closing quote', 'the end')
  return { source: match[0], text: (match[1] ?? '').replace(/\\(.)/gs, '$1') }
}

function foundAt(text: string, at: number): string {
  return at >= text.length ? 'the end' : `"${text.charAt(at)}"`
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
