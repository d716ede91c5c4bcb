import { NO_ANSWER, type NoAnswer } from './answer.ts'
import type { SandboxClock } from './clock.ts'
import type { FaultVerb } from './faults.ts'
import { createTimers } from './timers.ts'
import { counted, lasting } from './verbs.ts'

/**
 * What can befall a request that changes something, so that nobody knows what became of it. An end puts `verbs` on its board of
 * faults, and every POST that changes something through `carry`: `replies.carry(() => submit(body))`. It counts the request in its
 * history as always, with the status of what `carry` gives (0 where there is no answer), and calls `close` when it ends.
 */
export interface ReplyFaults {
  verbs: Record<string, FaultVerb>
  /** Carries a request out, now or later, and answers with what came of it or not at all. `carryOut` must not throw. */
  carry: <T>(carryOut: () => T) => T | NoAnswer
  /** Forgets what was to be carried out later. */
  close: () => void
}

/** Nothing befalls a request until a verb says so. */
export function createReplyFaults(clock: SandboxClock): ReplyFaults {
  const later = createTimers(clock)
  let lostCount = 0
  let lateMs: number | null = null

  return {
    verbs: {
      'lose-reply': {
        ...counted(
          'So many of the next commands are carried out, and the socket is closed without an answer.',
          1,
        ),
        begin: (count) => {
          lostCount = count
        },
      },
      'apply-late': {
        ...lasting('The next command gets no answer and is carried out only so much later.', 30),
        begin: (seconds) => {
          lateMs = seconds * 1_000
        },
      },
    },
    carry: (carryOut) => {
      if (lateMs !== null) {
        later.after(lateMs, carryOut)
        lateMs = null
        return NO_ANSWER
      }
      const given = carryOut()
      if (lostCount === 0) return given
      lostCount -= 1
      return NO_ANSWER
    },
    close: later.close,
  }
}
