import { wordsOfName } from './words.ts'

/** An instant after which something is no longer possible, or opens. */
export interface Deadline {
  /** `intentDeadline`, `sourceTimelock`, `destinationTimelock`, `quoteExpiry`, … */
  kind: string
  atMs: number
}

/** The nearest deadline that has not passed; null when there is none. */
export function nextDeadline(deadlines: readonly Deadline[], nowMs: number): Deadline | null {
  let next: Deadline | null = null
  for (const deadline of deadlines) {
    if (deadline.atMs >= nowMs && (next === null || deadline.atMs < next.atMs)) next = deadline
  }
  return next
}

const BEFORE_THE_LOCK: readonly string[] = ['intentDeadline', 'quoteExpiry']

/**
 * Deadlines that still bear on the outcome of an intent: none once nothing is open, and only the locks' own while funds are
 * locked, since those that bound submission and price are another clock.
 */
export function openDeadlines(intent: {
  deadlines: readonly Deadline[]
  moneyAtRisk: boolean
  isTerminal: boolean
}): readonly Deadline[] {
  if (intent.moneyAtRisk) return intent.deadlines.filter(({ kind }) => !BEFORE_THE_LOCK.includes(kind))
  return intent.isTerminal ? [] : intent.deadlines
}

const WORDS: Record<string, string> = {
  intentDeadline: 'Intent deadline: nothing can be submitted or permitted after it',
  sourceTimelock: 'Source timelock: from then on the maker can take the source funds back',
  destinationTimelock: 'Destination timelock: from then on the solver can take its own lock back',
  quoteExpiry: 'Quote expires: the price holds until then',
}

/** What happens at a deadline, in words; the name of an unknown kind, taken apart into words. */
export function deadlineWords(kind: string): string {
  return Object.hasOwn(WORDS, kind) ? (WORDS[kind] ?? kind) : wordsOfName(kind)
}
