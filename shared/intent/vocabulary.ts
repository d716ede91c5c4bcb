import type { StatusClaim } from './fact.ts'
import type { Phase } from './phase.ts'

/** What the state of an intent means to a person. */
export interface WordsOfStatus {
  /** A few words in sentence case: `Waiting for source lock`. */
  label: string
  /** One sentence: what is going on. */
  meaning: string
  /** Who acts next, in the field's term: `solver`, `maker`, `coordinator`, `nobody`. */
  nextActor: string
  /** One sentence: what that actor does next, and what happens by itself if nobody does. */
  then: string
  /** One sentence that support may tell the customer. */
  tell: string
}

/** What one status word of one system means to a person. Data of the adapter; the page shows it without knowing systems. */
export interface StatusWord extends WordsOfStatus {
  /** The system's word, verbatim. */
  status: string
  phase: Phase
  /** Place in forward order. */
  rank: number
  /** Longest wait that is still normal, milliseconds; null when it may stay for ever. Source or reason in the adapter. */
  normalWaitMs: number | null
}

/** One stage of the strip, in order. */
export interface Stage {
  /** Statuses that count as this stage. */
  statuses: string[]
  /** Where one status goes through several stages: the phases of it that count as this one. All when absent. */
  phases?: Phase[]
  label: string
}

/** How one system speaks, as data: what the page and the engine need to explain an intent of it. */
export interface Vocabulary {
  words: StatusWord[]
  /** The ordinary way, first to last. */
  stages: Stage[]
  /** Names of the chains that the system itself documents, by its own chain id. */
  chains: Record<string, { name: string; family: string }>
  /** Counters that the system publishes, by its own names, with the phases that each stands for; none when absent. */
  counters?: Record<string, readonly Phase[]>
}

/** The meaning of a word, or null when the contract does not describe it. */
export function wordOf(vocabulary: Vocabulary, status: string): StatusWord | null {
  return vocabulary.words.find((word) => word.status === status) ?? null
}

/** The claim that a status makes: an unknown word keeps its text, has no rank and the phase `unknown`. */
export function claimOf(vocabulary: Vocabulary, status: string): StatusClaim {
  const word = wordOf(vocabulary, status)
  return word === null
    ? { status, phase: 'unknown', rank: null }
    : { status, phase: word.phase, rank: word.rank }
}
