import { situationAt, standingSinceMs, wordsAt } from './course.ts'
import { nextDeadline, openDeadlines } from './deadline.ts'
import type { Origin } from './fact.ts'
import type { Explained } from './explained.ts'
import { sentencesAbout } from './sentences.ts'
import { overdueAtMs } from './stuck.ts'
import { formatDuration } from './time.ts'
import { wordOf, type StatusWord, type Vocabulary } from './vocabulary.ts'
import { wordsOfName } from './words.ts'

/** What is going on with an intent, in words for a person under stress. */
export interface Explanation {
  /** One short sentence. */
  headline: string
  /** Whole sentences, the most important first. */
  sentences: string[]
  /** `solver`, `maker`, `coordinator`, `nobody`, or `unknown` where nobody has described the status. */
  nextActor: string
  /** The nearest deadline still to come, epoch milliseconds, and its kind. */
  byMs: number | null
  byKind: string | null
  /** One sentence: what that actor does next, and what happens by itself if nobody does. */
  otherwise: string
  /** What support may tell the customer. */
  tell: string
  tone: 'calm' | 'attention' | 'done' | 'failed'
}

/** Puts an intent into words. Knows no system but by its vocabulary, and says so where that does not know either. */
export function explain(intent: Explained, vocabulary: Vocabulary, nowMs: number): Explanation {
  const situation = situationAt(intent.course ?? [], nowMs)
  const word = wordsAt(intent, vocabulary, nowMs)
  const isOverdue = isOverdueAt(intent, vocabulary, nowMs)
  const deadlines = openDeadlines(intent)
  const named = deadlines.find(({ kind, atMs }) => kind === situation?.byKind && atMs >= nowMs)
  const deadline = named ?? nextDeadline(deadlines, nowMs)
  const isSettled = intent.isTerminal && intent.fundsReleasedAtMs !== null
  return {
    headline: headlineOf(intent, word, nowMs),
    sentences: sentencesAbout(intent, word, { nowMs, isOverdue }),
    nextActor: isSettled ? 'nobody' : (word?.nextActor ?? 'unknown'),
    byMs: deadline?.atMs ?? null,
    byKind: deadline?.kind ?? null,
    otherwise: word?.then ?? otherwiseUnknown(intent),
    tell: tellOf(intent, word, isOverdue),
    tone: toneOf(intent, word, isOverdue),
  }
}

function isOverdueAt(intent: Explained, vocabulary: Vocabulary, nowMs: number): boolean {
  const overdueMs = overdueAtMs({ ...intent, ...intent.row }, vocabulary)
  return overdueMs !== null && nowMs >= overdueMs
}

function headlineOf(intent: Explained, word: StatusWord | null, nowMs: number): string {
  const { isRemoved, phaseSinceMs } = intent.row
  const sinceMs = standingSinceMs(intent.course, phaseSinceMs, nowMs)
  if (intent.status === '') {
    return intent.isNotFound ? 'The system does not know this intent' : 'No status has been heard yet'
  }
  const label = word?.label ?? `“${intent.status}”`
  const isContradicted = intent.contradictions.some(({ field }) => field === 'status')
  if (isContradicted) return `${label}, but that contradicts what was said before`
  if (intent.isTerminal && intent.moneyAtRisk) return `${label}, and nothing shows that the funds came out`
  if (intent.isTerminal) return label
  if (intent.isNotFound) return `The system does not know this intent any more; last: ${label}`
  if (isRemoved) return `No longer listed; last: ${label}`
  const waited = formatDuration(Math.max(0, nowMs - sinceMs))
  return word === null
    ? `${label} for ${waited}, a status that nobody has described`
    : `${label} for ${waited}`
}

function otherwiseUnknown({ status }: Explained): string {
  return status === ''
    ? 'What happens next is not known, since the system has not given a status.'
    : 'What happens next is not known, since the contract of the system does not describe this status.'
}

function tellOf(intent: Explained, word: StatusWord | null, isOverdue: boolean): string {
  const isContradicted = intent.contradictions.some(({ field }) => field === 'status')
  const isLost = intent.isNotFound || intent.row.isRemoved
  if (isContradicted || word === null || (isLost && !intent.isTerminal)) {
    const money = intent.moneyAtRisk ? ' Your funds may be locked, and we follow them.' : ''
    return `We have seen your request and are checking how far it has come.${money}`
  }
  if (intent.isTerminal && intent.moneyAtRisk)
    return `${word.tell} We know that your funds were locked and are looking for proof that they came back.`
  return isOverdue ? `${word.tell} This takes longer than usual, and we are looking into it.` : word.tell
}

function toneOf(intent: Explained, word: StatusWord | null, isOverdue: boolean): Explanation['tone'] {
  if (intent.contradictions.length > 0) return 'attention'
  if (intent.phase === 'completed' || intent.phase === 'refunded')
    return intent.moneyAtRisk ? 'attention' : 'done'
  if (intent.isTerminal) return 'failed'
  const isOdd = word === null || intent.isNotFound || intent.row.isRemoved
  return isOdd || isOverdue ? 'attention' : 'calm'
}

const KINDS: Record<string, string> = {
  received: 'First heard of',
  detailLearned: 'Details read',
  removed: 'No longer listed by the system; that says nothing about the outcome',
  notFound: 'The system does not know this id',
  gap: 'Not listening: what happened meanwhile may be missing here',
}

/** One line for an entry of a timeline: the status in words, or what else it says. */
export function entryTitle(
  entry: {
    kind: string
    origin?: Origin
    status: string | null
    changes?: readonly { field: string; to: string }[]
    words?: string
  },
  vocabulary: Vocabulary,
): string {
  const { kind, origin, status, changes, words } = entry
  if (words !== undefined) return words
  const kindWords = Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? kind) : wordsOfName(kind)
  const proof = changes?.find(({ field }) => field === 'proof status')?.to
  if (kind === 'proofClaimed') return proof === undefined ? 'Proof, unchanged' : `Proof: ${proof}`
  if (status === null) return kindWords
  const label = wordOf(vocabulary, status)?.label ?? `“${status}”, a status that nobody has described`
  const isNews = changes === undefined || changes.some(({ field }) => field === 'status')
  if (isNews) return kind === 'received' ? `${kindWords}: ${label}` : label
  return origin === 'repair' || origin === 'poll' ? `Read again: still ${label}` : `Still ${label}`
}
