import { useSyncExternalStore } from 'react'
import type { FailureShape } from '../../shared/api/failure.ts'
import { whenEngineOpen } from '../host/engine.ts'
import { inBackground } from '../host/inBackground.ts'
import { failureOf } from '../host/failureOf.ts'
import { nextFrame } from './nextFrame.ts'

/** What a feed has brought so far. `value` is the last one and stays when a later pull fails. */
export interface FeedState<T> {
  value: T | null
  /** Why the last pull failed; null while all is well. */
  failure: FailureShape | null
}

/** A value that is pulled for as long as somebody reads it. */
export interface Feed<T> {
  read: () => FeedState<T>
  subscribe: (listener: () => void) => () => void
}

/** Pause after a pull that failed while the engine was there: long enough to be no storm, short enough to wait for. */
const PAUSE_AFTER_FAILURE_MS = 1_000

/**
 * A feed over `pull`, which gets the last value (null at first) and answers with the next one, waiting for it when there
 * is none. The next pull starts after the last value was painted, so a slow page asks less often.
 */
export function feedOf<T>(pull: (last: T | null, signal: AbortSignal) => Promise<T>): Feed<T> {
  const listeners = new Set<() => void>()
  let state: FeedState<T> = { value: null, failure: null }
  let stopping: AbortController | null = null

  function publish(next: FeedState<T>) {
    state = next
    for (const listener of [...listeners]) listener()
  }

  async function run(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        await whenEngineOpen(signal)
        const value = await pull(state.value, signal)
        await nextFrame()
        if (isStopped(signal)) return
        if (value !== state.value || state.failure !== null) publish({ value, failure: null })
      } catch (error) {
        if (isStopped(signal)) return
        const failure = failureOf(error)
        if (failure.code !== 'closed') publish({ value: state.value, failure })
        await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_FAILURE_MS))
      }
    }
  }

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      if (stopping === null) {
        stopping = new AbortController()
        inBackground('a feed', run(stopping.signal))
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stopping?.abort()
        stopping = null
      }
    },
  }
}

/** Asked anew after each wait: nobody may be reading any more. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted
}

/** The state of a feed, pulled while the component is mounted. */
export function useFeed<T>(feed: Feed<T>): FeedState<T> {
  return useSyncExternalStore(feed.subscribe, feed.read)
}
