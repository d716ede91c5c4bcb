const HOUR_MS = 3_600_000

/** How long an intent can be kept out of Attention: a look later today, a shift, the next one, or until it moves. */
export const SILENCES = [
  { value: 'change', words: 'until its status changes', forMs: null },
  { value: 'hour', words: 'for 1 hour', forMs: HOUR_MS },
  { value: 'shift', words: 'for 8 hours', forMs: 8 * HOUR_MS },
  { value: 'day', words: 'for 24 hours', forMs: 24 * HOUR_MS },
] as const

/** One of them. */
export type SilenceLength = (typeof SILENCES)[number]['value']

/** Until when a silence lasts that begins now; null: until the status changes. */
export function untilMsOf(length: SilenceLength, nowMs: number): number | null {
  const forMs = SILENCES.find(({ value }) => value === length)?.forMs ?? null
  return forMs === null ? null : nowMs + forMs
}
