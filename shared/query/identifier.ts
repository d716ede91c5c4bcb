import { comparableId } from '../intent/ids.ts'
import { FIELDS } from './query.ts'

/** Shortest prefix of an identifier that the Find box takes (interfaces.md section 4). */
export const SHORTEST_PREFIX = 6

/** From this length on, one unbroken run of letters and digits with a digit among them is an id and no word. */
const LONG_RUN = 20

/**
 * Whether a text is meant as an identifier rather than a filter: hex or a UUID, full or a prefix; base58 or another long
 * run of letters and digits; or a console id, `<connection>:<id>`. A short word such as `decade` is both: ask for the
 * identifier first, then for the text.
 */
export function looksLikeIdentifier(text: string): boolean {
  const trimmed = text.trim()
  const [, connection = '', rest] = /^([a-z0-9][a-z0-9._-]{0,62}):(\S+)$/i.exec(trimmed) ?? []
  if (rest === undefined) return isIdentifier(trimmed)
  return !(FIELDS as readonly string[]).includes(connection.toLowerCase()) && isIdentifier(rest)
}

function isIdentifier(text: string): boolean {
  const comparable = comparableId(text)
  if (comparable.length < SHORTEST_PREFIX) return false
  return /^[0-9a-f]+$/.test(comparable) || isLongRun(text) || isMixedBase58(text)
}

function isLongRun(text: string): boolean {
  return text.length >= LONG_RUN && /^[A-Za-z0-9_-]+$/.test(text) && /[0-9]/.test(text)
}

/** A prefix in base58: no word mixes capitals inside, small letters and digits. */
function isMixedBase58(text: string): boolean {
  return (
    /^[1-9A-HJ-NP-Za-km-z]+$/.test(text) && /[0-9]/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text)
  )
}
