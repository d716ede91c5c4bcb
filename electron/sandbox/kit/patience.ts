import type { Answer } from './answer.ts'
import type { SandboxClock } from './clock.ts'
import type { FaultVerb } from './faults.ts'
import { lasting } from './verbs.ts'

/** Until when a server asks everybody for patience, epoch milliseconds; 0 when it does not. */
export interface Patience {
  /** Until when it answers 429. */
  tooManyUntilMs: number
  /** Until when it answers 503. */
  unavailableUntilMs: number
}

/** An answer with Retry-After, to which each wire gives its own body. */
type PatienceAnswer = Required<Omit<Answer, 'body'>> & { status: 429 | 503 }

/** The head of the answer that asks for patience now; null when nobody has to wait. */
export function askForPatience(patience: Patience, nowMs: number): PatienceAnswer | null {
  const { tooManyUntilMs, unavailableUntilMs } = patience
  if (tooManyUntilMs > nowMs) {
    const seconds = Math.ceil((tooManyUntilMs - nowMs) / 1_000)
    return { status: 429, headers: { 'retry-after': String(seconds) } }
  }
  if (unavailableUntilMs > nowMs)
    return { status: 503, headers: { 'retry-after': new Date(unavailableUntilMs).toUTCString() } }
  return null
}

/** The verbs `429` and `503`; `answers` begins their sentences: `REST answers`. */
export function patienceVerbs(
  patience: Patience,
  clock: SandboxClock,
  answers: string,
): Record<string, FaultVerb> {
  const until = (field: keyof Patience, does: string): FaultVerb => ({
    ...lasting(`${answers} ${does}`, 10),
    begin: (seconds) => {
      patience[field] = clock.nowMs() + seconds * 1_000
    },
    end: () => {
      patience[field] = 0
    },
  })
  return {
    '429': until('tooManyUntilMs', '429 with Retry-After in seconds.'),
    '503': until('unavailableUntilMs', '503 with Retry-After as a date.'),
  }
}
