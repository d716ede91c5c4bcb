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

/** Whether a deadline still matters while funds are locked: those that bound submission and price are another clock. */
export function mattersAfterLock({ kind }: Deadline): boolean {
  return !BEFORE_THE_LOCK.includes(kind)
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
