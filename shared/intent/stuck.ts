import type { Intent } from './intent.ts'
import { formatDuration } from './time.ts'
import { wordOf, type Vocabulary } from './vocabulary.ts'

/** Why an intent needs a look: it waits longer than is normal for its status. */
export interface Stuck {
  /** `waiting-too-long`. */
  rule: string
  /** When it stopped being normal, epoch milliseconds. */
  sinceMs: number
  why: string
  nextActor: string
  then: string
}

/** When the wait in the present status stops being normal; null when it never does. */
export function overdueAtMs(
  intent: Pick<Intent, 'status' | 'isTerminal' | 'phaseSinceMs' | 'isRemoved'>,
  vocabulary: Vocabulary,
): number | null {
  if (intent.isTerminal || intent.isRemoved) return null
  const wait = wordOf(vocabulary, intent.status)?.normalWaitMs ?? null
  return wait === null ? null : intent.phaseSinceMs + wait
}

/** The verdict at an instant; null while the wait is normal. It is normal up to, not at, the instant of `overdueAtMs`. */
export function stuckAt(
  intent: Pick<Intent, 'status' | 'isTerminal' | 'phaseSinceMs' | 'isRemoved'>,
  vocabulary: Vocabulary,
  nowMs: number,
): Stuck | null {
  const sinceMs = overdueAtMs(intent, vocabulary)
  const word = wordOf(vocabulary, intent.status)
  if (sinceMs === null || nowMs < sinceMs || word === null) return null
  const waited = formatDuration(nowMs - intent.phaseSinceMs)
  const normal = formatDuration(sinceMs - intent.phaseSinceMs)
  return {
    rule: 'waiting-too-long',
    sinceMs,
    why: `${word.label} for ${waited}; up to ${normal} is normal.`,
    nextActor: word.nextActor,
    then: word.then,
  }
}
