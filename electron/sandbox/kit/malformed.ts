import type { Random } from './random.ts'

/** Huge frames come seldom, so that a hundred thousand frames do not become gigabytes. */
const HUGE_SHARE = 1 / 400

/** Characters of a text that no field expects, and a small part of what a frame may hold. */
export const HUGE_LENGTH = 256 * 1_024

/** Deeper than a recursive reader can follow. */
const DEEP_LEVELS = 20_000

/** JSON text of lists within lists. */
export const DEEP_LIST = '['.repeat(DEEP_LEVELS) + ']'.repeat(DEEP_LEVELS)

/** JSON text of objects within objects. */
export const DEEP_OBJECT = '{"a":'.repeat(DEEP_LEVELS) + '1' + '}'.repeat(DEEP_LEVELS)

/** Draws a kind of malformed frame; seldom a huge one. */
export function pickKind<T>(random: Random, kinds: { small: readonly T[]; huge: readonly T[] }): T {
  return random.pick(random.chance(HUGE_SHARE) ? kinds.huge : kinds.small)
}
