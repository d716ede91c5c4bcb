/** When a story was left alone, epoch milliseconds. */
export interface Absence {
  fromMs: number
  untilMs: number
}

/** Of twenty thousand lives of each system the longest takes 3 h 40 min of story until nothing more happens. */
const LONGEST_LIFE_MS = 4 * 3_600_000

/**
 * Whether a life that begins at an instant is left out of a story told again: it was over before the absence, or it began while
 * nobody was there and before the `pastMs` of story that anybody finds who comes. So a month takes as long to tell as a night.
 */
export function isLeftOut(
  bornAtMs: number,
  absence: Absence,
  { pastMs, rate }: { pastMs: number; rate: number },
): boolean {
  const { fromMs, untilMs } = absence
  if (bornAtMs < fromMs) return bornAtMs < fromMs - LONGEST_LIFE_MS / rate
  return bornAtMs < untilMs - pastMs / rate
}
