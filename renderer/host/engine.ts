import { Failure } from '../../shared/api/failure.ts'
import type { Carrier } from './carrier.ts'
import { failureOf } from './failureOf.ts'
import { findWay } from './way.ts'

/** How this page stands to its engine. Times are epoch milliseconds of this page's clock. */
export type EngineState =
  | { is: 'no-token' }
  | { is: 'connecting' }
  | { is: 'open' }
  /** `why` says what is known of the reason and what to do about it. */
  | { is: 'lost'; why: string; sinceMs: number; nextTryAtMs: number }

/** First pause before trying again: an engine that restarts listens again within a second. */
const FIRST_PAUSE_MS = 250
/** Longest pause: the engine is on this machine, so asking is cheap and people wait for it. */
const LONGEST_PAUSE_MS = 5_000

const open = findWay()
const listeners = new Set<() => void>()
let state: EngineState = open === null ? { is: 'no-token' } : { is: 'connecting' }
let carrier: Carrier | null = null
let endPause: () => void = () => undefined

/** The present state; the same object until it changes. */
export function engineState(): EngineState {
  return state
}

/** Calls `listener` after each change; returns how to stop. */
export function onEngineState(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Gives up waiting and tries to reach the engine at once. */
export function retryEngine(): void {
  endPause()
}

/** Resolves when the engine can be asked; rejects when `signal` is aborted first. */
export async function whenEngineOpen(signal?: AbortSignal): Promise<void> {
  while (carrier === null) {
    signal?.throwIfAborted()
    await new Promise<void>((resolve) => {
      const stop = onEngineState(settle)
      signal?.addEventListener('abort', settle, { once: true })
      function settle() {
        stop()
        signal?.removeEventListener('abort', settle)
        resolve()
      }
    })
  }
}

/** The open way to the engine; waits for the first one, fails with `closed` once it has been lost. */
export async function engineCarrier(signal?: AbortSignal): Promise<Carrier> {
  if (state.is === 'connecting') await whenEngineOpen(signal)
  if (carrier !== null) return carrier
  throw new Failure('closed', 'The page has lost the console.', {
    tip: 'Wait until it is connected again, then repeat.',
    isRetryable: true,
  })
}

/** Reaches the engine and keeps reaching it for as long as the page lives. */
export async function keepEngine(): Promise<void> {
  if (open === null) return
  let pauseMs = FIRST_PAUSE_MS
  for (;;) {
    let why = 'The connection was closed; it is tried again by itself.'
    try {
      const opened = await open()
      pauseMs = FIRST_PAUSE_MS
      carrier = opened
      become({ is: 'open' })
      await opened.whenClosed
    } catch (error) {
      const { message, tip } = failureOf(error)
      why = `${message} ${tip}`
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
    carrier = null
    const nowMs = Date.now()
    become({
      is: 'lost',
      why,
      sinceMs: state.is === 'lost' ? state.sinceMs : nowMs,
      nextTryAtMs: nowMs + pauseMs,
    })
    await pause(pauseMs)
  }
}

function become(next: EngineState) {
  state = next
  for (const listener of [...listeners]) listener()
}

function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, forMs)
    endPause = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
