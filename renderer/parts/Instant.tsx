import { formatInstant, formatInstantShort } from '../../shared/intent/time.ts'
import { useClock, useTick } from './clock.ts'

/** An instant in the chosen way of writing times, with the full UTC instant on hover; `isShort` leaves out the day. */
export function Instant({ atMs, isShort = false }: { atMs: number; isShort?: boolean }) {
  const { times } = useClock()
  if (times === 'relative') return <RelativeInstant atMs={atMs} />
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatInstant(atMs, 'utc', atMs)}>
      {isShort ? formatInstantShort(atMs, times, atMs) : formatInstant(atMs, times, atMs)}
    </time>
  )
}

function RelativeInstant({ atMs }: { atMs: number }) {
  const nowMs = useTick()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatInstant(atMs, 'utc', atMs)}>
      {formatInstant(atMs, 'relative', nowMs)}
    </time>
  )
}
