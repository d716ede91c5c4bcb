import type { Intent } from '../../../shared/intent/intent.ts'
import { formatInstant } from '../../../shared/intent/time.ts'
import type { About, Condition, Verdict } from '../command.ts'

/** What a condition of an intent looks at. */
export interface KnownIntent {
  intent: Intent
  nowMs: number
}

/** A condition of what is known of an intent. */
export function ofIntent(name: string, check: (known: KnownIntent) => Verdict): Condition<About> {
  return {
    name,
    check: ({ intent, nowMs }) =>
      intent === null ? unknown('Nothing is known of this intent.') : check({ intent, nowMs }),
  }
}

/** Holds. */
export function met(why = ''): Verdict {
  return { state: 'met', why }
}

/** Does not hold; `opensAtMs` (epoch milliseconds) where it will by itself. */
export function unmet(why: string, opensAtMs: number | null = null): Verdict {
  return { state: 'unmet', why, opensAtMs }
}

/** Cannot be told from here. */
export function unknown(why: string): Verdict {
  return { state: 'unknown', why }
}

/** An instant in a sentence: always UTC, so that a sentence does not depend on who reads it. */
export function utc(atMs: number): string {
  return formatInstant(atMs, 'utc', atMs)
}
