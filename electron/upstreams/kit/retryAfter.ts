/** Longest pause that a server can order, milliseconds: a wrong header must not silence the console for a day. */
const LONGEST_PAUSE_MS = 15 * 60_000

/** Pause when the server names none that can be read, milliseconds. */
const USUAL_PAUSE_MS = 30_000

/** The pause that a `Retry-After` header asks for (seconds or an HTTP date), milliseconds, between 1 s and 15 min. */
export function pauseOf(header: string | null, nowMs: number): number {
  const text = header?.trim() ?? ''
  const isSeconds = /^\d+(?:\.\d+)?(?:e\d+)?$/i.test(text)
  // Only HTTP's own date forms begin with the day's name; Date.parse alone would read "-5" as a year.
  const untilMs = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN
  const askedMs = isSeconds ? Number(text) * 1_000 : untilMs - nowMs
  if (!Number.isFinite(askedMs)) return isSeconds ? LONGEST_PAUSE_MS : USUAL_PAUSE_MS
  return Math.min(LONGEST_PAUSE_MS, Math.max(1_000, askedMs))
}
