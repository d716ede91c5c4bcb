import type { Course, Situation } from '../../../shared/intent/course.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { wordOf } from '../../../shared/intent/vocabulary.ts'
import { auctionOf } from './auction.ts'
import { oneinchFusionVocabulary } from './vocabulary.ts'

/** After its deadline an order is called expired within a block or two and one indexing; a minute is more than both. */
const EXPIRY_WAIT_MS = 60_000

/** Where an order on offer stands in its auction, as time passes; empty where no auction is known or none runs. */
export function course(intent: Intent): Course {
  const { status, deadlines, isTerminal, createdAtMs, phaseSinceMs } = intent
  const word = wordOf(oneinchFusionVocabulary, status)
  const { startMs, endMs } = auctionOf(intent)
  const isOffered = status === 'pending' || status === 'partially-filled'
  if (isTerminal || word === null || !isOffered || endMs === null) return []
  const deadline = deadlines.find(({ kind }) => kind === 'intentDeadline')
  const closesAtMs = Math.max(endMs, deadline?.atMs ?? endMs)
  const byKind = deadline === undefined ? 'auctionEnd' : 'intentDeadline'
  const { label, nextActor, tell } = word
  const common = { nextActor, tell, byKind, overdueAtMs: null }
  const before: Situation = {
    ...common,
    fromMs: Math.min(createdAtMs, phaseSinceMs),
    label: 'Auction not begun',
    meaning: 'The order is signed and its auction has not begun; no resolver pays more than the first rate.',
    then: 'The auction begins by itself.',
    byKind: null,
  }
  const running: Situation = {
    ...common,
    fromMs: startMs ?? Math.min(createdAtMs, phaseSinceMs),
    label,
    meaning: word.meaning,
    then: word.then,
  }
  const ended: Situation = {
    ...common,
    fromMs: endMs,
    label: 'Auction over',
    meaning: 'The rate has reached its least and the order can still be filled at it for a few seconds.',
    then: 'A resolver fills it at the least rate, or it expires; what is not filled stays with the maker.',
  }
  const closed: Situation = {
    ...common,
    fromMs: closesAtMs,
    label: 'Past its deadline',
    meaning: 'The order can no longer be filled, and the system has not called it expired yet.',
    nextActor: 'nobody',
    then: 'The system calls it expired; what was not filled stays with the maker.',
    byKind: null,
    overdueAtMs: closesAtMs + EXPIRY_WAIT_MS,
  }
  const isBegun = startMs === null || startMs === 0
  const all = [...(isBegun ? [] : [before]), running, ended, closed]
  // A situation that ends as it begins is none.
  return all.filter(({ fromMs }, at) => fromMs < (all[at + 1]?.fromMs ?? Infinity))
}
