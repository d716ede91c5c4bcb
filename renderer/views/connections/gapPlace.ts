import type { Gap } from '../../../shared/api/presence.ts'

/** The strip shows one day. */
const STRIP_MS = 24 * 3_600_000

/** Where a gap stands on the strip that ends now: its exact stretch as parts of the width. */
export function placeOfGap(
  { fromMs, untilMs }: Pick<Gap, 'fromMs' | 'untilMs'>,
  nowMs: number,
): { left: string; width: string } {
  const startMs = nowMs - STRIP_MS
  const from = share(fromMs - startMs)
  const until = share((untilMs ?? nowMs) - startMs)
  return { left: `${from * 100}%`, width: `${(until - from) * 100}%` }
}

function share(offsetMs: number): number {
  return Math.min(1, Math.max(0, offsetMs / STRIP_MS))
}
