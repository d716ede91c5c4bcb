import { useMemo } from 'react'
import { formatAgo, formatCountdown, formatDuration, formatInstant } from '../../shared/intent/time.ts'
import { useTick } from './clock.ts'

/** How long ago something was (`12 s ago`), ticking; the full instant on hover. */
export function Ago({ atMs }: { atMs: number }) {
  const nowMs = useTick()
  return <span title={useFullInstant(atMs)}>{formatAgo(atMs, nowMs)}</span>
}

/** How long something has lasted (`4 min 10 s`), ticking. */
export function Since({ sinceMs }: { sinceMs: number }) {
  const nowMs = useTick()
  return <span title={useFullInstant(sinceMs)}>{formatDuration(wholeSeconds(nowMs - sinceMs))}</span>
}

/** How long until an instant (`in 3 min 12 s`), ticking, and since it once it has passed. */
export function Countdown({ atMs }: { atMs: number }) {
  const nowMs = useTick()
  return <span title={useFullInstant(atMs)}>{formatCountdown(atMs, nowMs)}</span>
}

/** Written once, since it does not tick. */
function useFullInstant(atMs: number): string {
  return useMemo(() => formatInstant(atMs, 'utc', atMs), [atMs])
}

/** What ticks once a second is written in seconds; a clock slightly ahead of ours is not shown as a negative age. */
function wholeSeconds(durationMs: number): number {
  return Math.max(0, Math.floor(durationMs / 1_000) * 1_000)
}
