import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { isJsonObject } from '../kit/shape.ts'

/** Orders remembered as over; forgotten all at once beyond this, after which a late event is merely flagged. */
const MOST_REMEMBERED = 50_000

/** Most events that are kept back: beyond it they are handed on, since none may be lost. */
const MOST_KEPT = 10_000

/** Events that end an order as far as the feed tells. */
const ENDS: ReadonlySet<string> = new Set(['order_filled', 'order_cancelled'])

/**
 * Keeps an event about an order that is over until a reading has said what holds: without order or sequence on the feed,
 * a late event must not take an order back by itself.
 */
export interface LateEvents {
  /** Hands an event on, or keeps it back. Answers the hash of the order to read when it is kept. */
  pass: (frame: unknown, event: RawEvent) => string | null
  /** An order was read: what was kept of it is handed on. `isOver` is null when it could not be read. */
  read: (hash: string, isOver: boolean | null) => void
  /** Hands on all that was kept. */
  release: () => void
}

/** Nothing is known to be over. */
export function createLateEvents(emit: (event: RawEvent) => void): LateEvents {
  const over = new Set<string>()
  const kept = new Map<string, RawEvent[]>()
  let keptCount = 0

  function handOn(key: string): void {
    const events = kept.get(key) ?? []
    kept.delete(key)
    keptCount -= events.length
    for (const event of events) emit(event)
  }

  function note(key: string): void {
    if (over.size >= MOST_REMEMBERED) over.clear()
    over.add(key)
  }

  return {
    pass: (frame, event) => {
      const hash = orderHashOf(frame)
      const key = hash?.toLowerCase() ?? ''
      const isEnd = ENDS.has(event.kind)
      if (hash === null || isEnd || !over.has(key) || keptCount >= MOST_KEPT) {
        if (isEnd && hash !== null) note(key)
        emit(event)
        return null
      }
      kept.set(key, [...(kept.get(key) ?? []), event])
      keptCount += 1
      return hash
    },
    read: (hash, isOver) => {
      const key = hash.toLowerCase()
      if (isOver === true) note(key)
      if (isOver === false) over.delete(key)
      handOn(key)
    },
    release: () => {
      for (const key of [...kept.keys()]) handOn(key)
    },
  }
}

/** The order that an event is about; null when it names none. */
export function orderHashOf(frame: unknown): string | null {
  const payload = isJsonObject(frame) ? (frame['result'] ?? frame['data']) : null
  const hash = isJsonObject(payload) ? payload['orderHash'] : null
  return typeof hash === 'string' && hash !== '' ? hash : null
}
