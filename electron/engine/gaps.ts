import type { GapToRepair } from '../upstreams/upstream.ts'
import type { TellConsole } from './consoleEvents.ts'

/** The bookkeeping of one connection's gaps: one `gapOpened` and one `gapClosed` for each time without hearing. */
export interface GapKeeper {
  /** Hearing stopped at `atMs`, the last time anything was received. No news while a gap is open. */
  lost: (atMs: number, reason: string) => void
  /** Hearing again from `atMs`. Answers the gap to repair; null when there was none or nothing was missed. */
  resumed: (atMs: number, isRecovered: boolean) => GapToRepair | null
}

/** Starts the bookkeeping; `openSinceMs` is the beginning of a gap that an earlier run left open. */
export function keepGaps(options: {
  openSinceMs: number | null
  tell: TellConsole
  nowMs: () => number
}): GapKeeper {
  let openSinceMs = options.openSinceMs

  return {
    lost: (atMs, reason) => {
      if (openSinceMs !== null) return
      openSinceMs = atMs
      options.tell('gapOpened', { fromMs: atMs, reason })
    },
    resumed: (atMs, isRecovered) => {
      if (openSinceMs === null) return null
      const fromMs = openSinceMs
      // A clock that was set back meanwhile must not make a gap that ends before it begins.
      const untilMs = Math.max(fromMs, atMs)
      openSinceMs = null
      options.tell('gapClosed', { fromMs, untilMs, isRecovered })
      return isRecovered ? null : gapToRepair(options, fromMs, untilMs)
    },
  }
}

function gapToRepair(
  options: { tell: TellConsole; nowMs: () => number },
  fromMs: number,
  untilMs: number,
): GapToRepair {
  let isTold = false
  return {
    fromMs,
    untilMs,
    repaired: ({ readCount, failedCount }) => {
      if (isTold) return
      isTold = true
      options.tell('gapRepaired', { fromMs, atMs: options.nowMs(), readCount, failedCount })
    },
  }
}
