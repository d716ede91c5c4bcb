import type { WorldIntent } from '../world/intent.ts'
import { MINUTE } from '../world/durations.ts'
import { onClock, type Coordinator } from './coordinator.ts'

/** How many of each kind: enough to choose from, few enough to find. */
const MOST_OF_EACH = 3

/** Story time after which the coordinator has long refunded what it refunds by itself. */
const LEFT_ALONE_MS = 15 * MINUTE

/**
 * Failed intents with a source lock on Midnight, on which a refund can be practised from the first moment: some whose timelock
 * is over and that the coordinator has left alone, and some whose timelock still runs, the longest first.
 */
export function refundExamples(coordinator: Pick<Coordinator, 'world' | 'clock' | 'rate'>): string[] {
  const nowMs = coordinator.clock.nowMs()
  const locked = [...coordinator.world.intents()].filter(isFailedWithLock)
  const overFor = ({ locks }: WorldIntent): number => nowMs - (locks.source?.timelockAtMs ?? nowMs)
  const open = locked.filter((intent) => overFor(intent) >= onClock(coordinator, LEFT_ALONE_MS))
  const running = locked.filter((intent) => overFor(intent) < 0).sort((a, b) => overFor(a) - overFor(b))
  return [...open.slice(0, MOST_OF_EACH), ...running.slice(0, MOST_OF_EACH)].map(({ id }) => id)
}

function isFailedWithLock({ stage, route, locks: { source } }: WorldIntent): boolean {
  return stage === 'failed' && route.from.family === 'midnight' && source !== null && source.spent === null
}
