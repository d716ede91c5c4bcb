import { SYSTEM_NAMES } from '../intent/ids.ts'
import { PHASES } from '../intent/phase.ts'

/** Fields whose value is a text (interfaces.md section 4). */
export type TextField =
  'system' | 'connection' | 'phase' | 'status' | 'maker' | 'solver' | 'chain' | 'route' | 'token' | 'tag'

/** Fields whose value is a length of time. */
export type DurationField = 'age' | 'updated'

/** What an intent can be, after `is:`. */
type IsWord = 'stuck' | 'open' | 'terminal' | 'watched' | 'at-risk' | 'contradicted' | 'silenced'

/** What an intent can have, after `has:`. */
type HasWord = 'gap' | 'note'

/** One condition. */
export type Term =
  /** Equal, letter case aside; ids as in `comparableId`. `chain` is digits, `route` two chains as `1-10`, `phase` and `system` are of their closed lists. */
  | { kind: 'term'; field: TextField; op: ':'; value: string }
  | { kind: 'term'; field: 'is'; op: ':'; value: IsWord }
  | { kind: 'term'; field: 'has'; op: ':'; value: HasWord }
  /** `age`: time in the present phase. `updated`: time since the last update. Longer (`>`) or shorter (`<`) than `ms`. */
  | { kind: 'term'; field: DurationField; op: '>' | '<'; value: string; ms: number }

/** What the Find box filters by. `all` matches everything; `text` is a substring of any text that the intent carries. */
export type Query =
  | { kind: 'all' }
  | { kind: 'and'; of: Query[] }
  | { kind: 'or'; of: Query[] }
  | { kind: 'not'; of: Query }
  | { kind: 'text'; text: string }
  | Term

/** Every field, in the order in which the Find box offers them. */
export const FIELDS = [
  'system',
  'connection',
  'phase',
  'status',
  'maker',
  'solver',
  'chain',
  'route',
  'token',
  'tag',
  'is',
  'has',
  'age',
  'updated',
] as const satisfies readonly (TextField | DurationField | 'is' | 'has')[]

/** The name of a field. */
export type Field = (typeof FIELDS)[number]

/** The values of those fields that have a closed list. */
export const CLOSED_VALUES = {
  system: SYSTEM_NAMES,
  phase: PHASES,
  is: ['stuck', 'open', 'terminal', 'watched', 'at-risk', 'contradicted', 'silenced'],
  has: ['gap', 'note'],
} as const satisfies Partial<Record<Field, readonly string[]>>

/** A text that is no query, with the place and what would have been right there. */
export class QueryProblem extends Error {
  /** Index of the first character that is wrong; the length of the text when something is missing at its end. */
  readonly at: number
  readonly expected: string
  readonly found: string

  constructor(at: number, expected: string, found: string) {
    super(`At character ${String(at + 1)}: expected ${expected}, found ${found}.`)
    this.name = 'QueryProblem'
    this.at = at
    this.expected = expected
    this.found = found
  }
}
