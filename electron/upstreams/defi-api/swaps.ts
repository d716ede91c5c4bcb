import type { Origin } from '../../../shared/intent/fact.ts'
import { isAborted } from '../kit/aborted.ts'
import type { Clock } from '../kit/clock.ts'
import type { Found, Reader } from './reader.ts'

/** Swaps asked for at once: the most that the list gives. */
const PAGE = 100

/** Most pages of one pass: with ten thousand swaps the list is no way to follow them any more. */
const MOST_PAGES = 100

/** Pause between two looks for new swaps, milliseconds: the page names no limit; a new row may be as late as this. */
const LOOK_EVERY_MS = 10_000

/** How far a look reaches back behind the last one, milliseconds: for clocks that differ and swaps that are listed late. */
const OVERLAP_MS = 10 * 60_000

/** How often the whole list is read again, milliseconds: what was listed later than the overlap is found by it. */
const WHOLE_EVERY_MS = 15 * 60_000

/** What paging through the list needs. */
export interface Listing {
  clock: Clock
  reader: Reader
  /** An intent of the list. */
  found: (found: NonNullable<Found>) => void
  signal: AbortSignal
}

/** Reads the whole list, then again and again what is new in it, until the connection is lost. */
export async function followSwaps(listing: Listing): Promise<void> {
  const { clock, signal } = listing
  let wholeAtMs = -Infinity
  let lookedAtMs = 0
  while (!isAborted(signal)) {
    const nowMs = clock.nowMs()
    // A clock that was set back makes the list whole again rather than leaving out what lies between.
    const isWhole = nowMs - wholeAtMs >= WHOLE_EVERY_MS || nowMs < lookedAtMs
    const isRead = await readPages(listing, isWhole ? null : lookedAtMs)
    if (isRead) lookedAtMs = nowMs
    if (isRead && isWhole) wholeAtMs = nowMs
    await clock.sleep(LOOK_EVERY_MS, signal)
  }
}

/** One pass; false when it could not be read to its end. What fails here is told by the readings of single intents too. */
async function readPages(listing: Listing, sinceMs: number | null): Promise<boolean> {
  const { reader, found, signal, clock } = listing
  const seen = new Set<string>()
  const origin: Origin = 'poll'
  const window = sinceMs === null ? '' : windowOf(sinceMs - OVERLAP_MS, clock.nowMs() + OVERLAP_MS)
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = `limit=${PAGE}&offset=${page * PAGE}${window}`
    const items = await reader.swaps(query, origin, signal).catch(() => 'failed' as const)
    if (items === 'failed' || isAborted(signal)) return false
    const fresh = (items ?? []).filter((item) => item !== null && !seen.has(item.id))
    for (const item of fresh) {
      if (item === null) continue
      seen.add(item.id)
      found(item)
    }
    // A list that ignores `offset` gives the same page for ever.
    if (items === null || items.length < PAGE || fresh.length === 0) return true
  }
  return true
}

/** [G3] the filters of the list are in microseconds. */
function windowOf(fromMs: number, untilMs: number): string {
  return `&swap_created_from=${fromMs * 1_000}&swap_created_to=${untilMs * 1_000}`
}
