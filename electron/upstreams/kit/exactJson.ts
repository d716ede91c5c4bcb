import { isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json'
import { damageOf, type Damage } from './guard.ts'

/**
 * A number token that JavaScript may round: 16 or more digits, or an exponent. Digits inside strings do not match,
 * since a token follows `:`, `[`, `,` or the beginning; a false alarm costs time only.
 */
const RISKY_NUMBER = /(?:^|[:[,])\s*-?(?:[\d.]{16,}|[\d.]+[eE])/

/** A JSON text read, or the reason why it could not be. */
export type Reading = { value: unknown } | { damage: Damage }

/**
 * Reads a JSON text after judging its length and depth. Numbers that JavaScript would round come as `LosslessNumber`,
 * whose text is exact; all others as numbers. Never throws.
 */
export function readJson(text: string): Reading {
  const damage = damageOf(text)
  if (damage !== null) return { damage }
  try {
    return {
      value: RISKY_NUMBER.test(text) ? parse(text, null, { parseNumber, onDuplicateKey }) : JSON.parse(text),
    }
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return { damage: { path: '$', reason: `Not JSON: ${found.slice(0, 200)}` } }
  }
}

/** JSON text of a value that `readJson` gave, numbers exact. */
export function exactText(value: unknown): string {
  return stringify(value) ?? 'null'
}

/** The decimal text of a JSON number, exact; null for anything that is not a number. */
export function numberText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return value instanceof LosslessNumber ? value.value : null
}

function parseNumber(text: string): number | LosslessNumber {
  return isSafeNumber(text) ? Number(text) : new LosslessNumber(text)
}

/** The last one wins, as with `JSON.parse`. */
function onDuplicateKey({ newValue }: { newValue: unknown }): unknown {
  return newValue
}
