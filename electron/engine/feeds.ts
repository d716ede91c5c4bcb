import type { Clock } from '../upstreams/kit/clock.ts'

/** A number that rises, and readers that wait for it to pass the one they have seen. */
export interface Feed {
  /** The highest version told so far. */
  version: () => number
  /** Tells a version; waiting readers hear of it within the pace. A lower or equal one is no news. */
  raise: (version: number) => void
  /**
   * Resolves when the version is above `since`, when `waitMs` is over, when the signal fires or when the feed closes. A
   * `since` from the future is that of an earlier run: resolves at once.
   */
  next: (ask: { since: number; waitMs: number; signal?: AbortSignal | undefined }) => Promise<void>
  /** Lets every waiting reader go; from then on nobody waits. */
  close: () => void
  isClosed: () => boolean
  /** Whether a reader waits for news, or did a moment ago and is about to ask again. */
  isFollowed: () => boolean
}

/** A reader that has asked within this time, milliseconds, asks again: even a slow page paints once a second. */
const FOLLOWED_MS = 2_000

/** Opens a feed that wakes its readers at once, then at most once per `paceMs`. A slow reader costs nobody anything. */
export function openFeed(options: { after: Clock['after']; paceMs: number; version: number }): Feed {
  let told = options.version
  let published = options.version
  let isClosed = false
  let askedAtMs = -Infinity
  let cancelPace: (() => void) | null = null
  /** Each waiting reader's way to wake up, with the version it has seen. */
  const waiting = new Map<() => void, number>()

  const publish = (): void => {
    published = told
    cancelPace = options.after(options.paceMs, () => {
      cancelPace = null
      if (told > published) publish()
    })
    for (const [wake, since] of [...waiting]) if (published > since) wake()
  }

  return {
    version: () => told,
    raise: (version) => {
      if (version <= told || isClosed) return
      told = version
      if (cancelPace === null) publish()
    },
    next: ({ since, waitMs, signal }) => {
      askedAtMs = performance.now()
      if (published > since || since > told || waitMs <= 0 || isClosed || signal?.aborted === true) {
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake)
          cancelWait()
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const cancelWait = options.after(waitMs, wake)
        signal?.addEventListener('abort', wake, { once: true })
        waiting.set(wake, since)
      })
    },
    close: () => {
      isClosed = true
      cancelPace?.()
      cancelPace = null
      for (const wake of [...waiting.keys()]) wake()
    },
    isClosed: () => isClosed,
    isFollowed: () => waiting.size > 0 || performance.now() - askedAtMs < FOLLOWED_MS,
  }
}
