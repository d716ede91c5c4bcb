import { toEpochMs } from '../../../shared/intent/time.ts'
import { exactText, numberText } from './exactJson.ts'
import { isSaid } from './shape.ts'

/** Longest text of a detail, characters: what fits on a panel; the journal has the whole. */
const LONGEST_DETAIL = 2_000

/** An instant as the wire gives it, epoch milliseconds; null when absent or not a time. */
export function instantOf(value: unknown): number | null {
  return toEpochMs(typeof value === 'string' ? value : Number(numberText(value) ?? Number.NaN))
}

/** A chain id; null when not said. */
export function chainOf(value: number | string | null | undefined): number | null {
  return isSaid(value) ? Number(value) : null
}

/** A text, or the exact digits of a number; null for anything else. */
export function digitsOf(value: unknown): string | null {
  return typeof value === 'string' ? value : numberText(value)
}

/** A value of unknown shape as text for a panel. */
export function detailText(value: unknown): string {
  const text = typeof value === 'string' ? value : exactText(value)
  return text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text
}

/** The texts of those fields that were said. */
export function textsOf(fields: Record<string, unknown>): Record<string, string> {
  const said = Object.entries(fields).filter(([, value]) => isSaid(value) && value !== '')
  return Object.fromEntries(said.map(([name, value]) => [name, detailText(value)]))
}
