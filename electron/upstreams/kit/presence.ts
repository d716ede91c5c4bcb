import type { Presence, PresenceState } from '../../../shared/api/presence.ts'
import type { Clock } from './clock.ts'

/** How often traffic alone is told, milliseconds: people read seconds, and a busy socket hears thousands a second. */
const TELL_TRAFFIC_MS = 1_000

/** What changes with a transition. */
export interface Transition {
  state: PresenceState
  reason: string
  tip: string
  attempt: number
  nextRetryAtMs?: number | null
}

/** Keeps the presence of one connection and tells it on. */
export interface PresenceTracker {
  become: (transition: Transition) => void
  /** Something was received. */
  heard: () => void
  /** A ping was answered. */
  ponged: (roundTripMs: number | null) => void
  /** Readings wait until then, because the server asked for it. */
  paused: (untilMs: number) => void
  state: () => PresenceState
  lastReceivedAtMs: () => number | null
}

/** Starts as `connecting`, told at once. */
export function trackPresence(clock: Clock, tell: (presence: Presence) => void): PresenceTracker {
  let now: Presence = {
    state: 'connecting',
    reason: 'The first attempt is under way.',
    tip: '',
    sinceMs: clock.nowMs(),
    lastReceivedAtMs: null,
    lastPongAtMs: null,
    roundTripMs: null,
    nextRetryAtMs: null,
    attempt: 1,
  }
  let toldTrafficAtMs = 0
  tellNow()

  /** A pause that is over is no news any more. */
  function tellNow(): void {
    if ((now.pausedUntilMs ?? 0) <= clock.nowMs()) now = { ...now, pausedUntilMs: null }
    tell(now)
  }

  return {
    become: (transition) => {
      const sinceMs = transition.state === now.state ? now.sinceMs : clock.nowMs()
      now = { ...now, nextRetryAtMs: null, ...transition, sinceMs }
      tellNow()
    },
    heard: () => {
      const atMs = clock.nowMs()
      now = { ...now, lastReceivedAtMs: atMs }
      if (Math.abs(atMs - toldTrafficAtMs) < TELL_TRAFFIC_MS) return
      toldTrafficAtMs = atMs
      tellNow()
    },
    ponged: (roundTripMs) => {
      now = { ...now, lastPongAtMs: clock.nowMs(), roundTripMs }
      tellNow()
    },
    paused: (untilMs) => {
      now = { ...now, pausedUntilMs: untilMs }
      tellNow()
    },
    state: () => now.state,
    lastReceivedAtMs: () => now.lastReceivedAtMs,
  }
}
