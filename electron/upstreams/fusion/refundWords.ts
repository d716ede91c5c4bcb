import type { Intent } from '../../../shared/intent/intent.ts'

// The backend shows fields about refunds on an intent “when available”; neither their names nor their words are documented.
// So they are read by what their names and words say, and what is not understood counts as a refund that may be under way.

/** The other end’s own; `dst` only where a word begins with it, since `refundStatus` holds these letters too. */
const SOLVERS = /[Dd]est|DEST|[Ss]olver|SOLVER|Dst|(?<![A-Za-z])(?:dst|DST)/

/** Whether a name speaks of a refund to the maker, not of the solver's own at the destination. */
export function isMakersRefund(name: string): boolean {
  return /refund/i.test(name) && !SOLVERS.test(name)
}

/** Names that tell when or whether a refund is possible, not that one was begun. */
const POSSIBILITY = /avail|eligib|possible|able|after|opens|earliest|timelock|deadline/i

/** Words that say that none was begun. */
const NOT_BEGUN = /^(?:|none|no|false|null|0|available|eligible|refundable|open|locked|not[ _-].*|n\/a)$/i

/** Words that say that a refund is done, so that a transaction beside them is more than an attempt. */
const DONE = /refunded|complet|confirm|final|success|done|settled|closed/i

/** What the intent says of a refund that was begun, one sentence without its end; null when nothing does. */
export function refundBegun({
  details,
  transactions,
}: Pick<Intent, 'details' | 'transactions'>): string | null {
  for (const [name, text] of Object.entries(details)) {
    if (!isMakersRefund(name) || POSSIBILITY.test(name) || NOT_BEGUN.test(text.trim())) continue
    return `${name} is “${text}”`
  }
  const transaction = transactions.find(({ label }) => isMakersRefund(label))
  return transaction === undefined ? null : `The transaction ${transaction.label} is ${transaction.hash}`
}

/** Whether the words about a refund's own state allow that it is done: no such word was said, or one that says so. */
export function maySayDone(words: readonly string[]): boolean {
  return words.length === 0 || words.some((word) => DONE.test(word))
}
