/** Longest message that is looked at, characters: documented ones have some 400, and the journal keeps the whole. */
const LONGEST_READ = 16 * 1024

/** Why a submission came to nothing, as far as its message says. */
export interface Cause {
  /** `reverted` the transaction ran and failed · `deposit` · `deadline` · `admission` · `other` a reason that fits none. */
  kind: 'reverted' | 'deposit' | 'deadline' | 'admission' | 'other'
  /** Values by key, where the message has `key=value`. */
  values: Record<string, string>
}

/** A key and its value, wherever they stand: the order is not promised, and angle brackets come and go. */
const PAIR = /(?:^|[\s:,;])([a-z][a-z0-9_]{0,40})=<?([^\s<>:,;]{1,16000})>?/gi

/** Words of messages of which no grammar is documented, the most telling first. */
const KINDS: readonly [Cause['kind'], RegExp][] = [
  ['reverted', /\brevert(?:ed)?\b|outcome=<?reverted/i],
  ['deadline', /\bexpir|\bdeadline\b|\btime[d ]?-?out\b|\bttl\b|\btoo late\b/i],
  ['deposit', /\boracle\b|\bdeposit|\btransfer\b|\bspark\b|\bproof\b/i],
  ['admission', /\badmission\b|\bsignature\b|\binvalid\b|\breject|\bnonce\b|\bduplicate\b/i],
]

/** Reads a message by its keys; text without any is told apart by its words. */
export function readStatusMessage(message: string): Cause {
  const text = message.slice(0, LONGEST_READ)
  const values: Record<string, string> = {}
  for (const [, key = '', value = ''] of text.matchAll(PAIR)) values[key.toLowerCase()] ??= value
  const kind = KINDS.find(([, words]) => words.test(text))?.[0] ?? 'other'
  return { kind: isRevert(values) ? 'reverted' : kind, values }
}

function isRevert(values: Record<string, string>): boolean {
  return /^reverted$/i.test(values['outcome'] ?? '') || /^0x[0-9a-f]{8}/i.test(values['output'] ?? '')
}
