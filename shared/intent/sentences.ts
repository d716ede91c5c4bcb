import { deadlineWords, mattersAfterLock, type Deadline } from './deadline.ts'
import type { Explained } from './explained.ts'
import type { Contradiction } from './intent.ts'
import { formatAgo, formatCountdown, formatDuration } from './time.ts'
import type { StatusWord } from './vocabulary.ts'
import { wordsOfName } from './words.ts'

/** Where in time an intent is looked at. */
interface Moment {
  nowMs: number
  isOverdue: boolean
}

/** Whole sentences about an intent, the most important first; each stands only when it is true. */
export function sentencesAbout(intent: Explained, word: StatusWord | null, moment: Moment): string[] {
  return [
    ...doubts(intent, moment.nowMs),
    ...money(intent, moment.nowMs),
    ...meaning(intent, word, moment),
    ...reasons(intent),
    ...passed(intent, moment.nowMs),
    ...ignorance(intent, moment.nowMs),
  ]
}

function doubts({ contradictions }: Explained, nowMs: number): string[] {
  return contradictions.map((contradiction) => contradictionSentence(contradiction, nowMs))
}

function contradictionSentence({ field, claims }: Contradiction, nowMs: number): string {
  const answers = claims.map(({ value, atMs }) => `“${value}” (${formatAgo(atMs, nowMs)})`).join(' and ')
  return `${wordsOfName(field)}: ${answers} were said, and they cannot all be right; the newest is shown.`
}

function money(intent: Explained, nowMs: number): string[] {
  const { isTerminal, moneyAtRisk, fundsLockedAtMs, fundsReleasedAtMs } = intent
  if (fundsReleasedAtMs !== null) return [`The funds came out ${formatAgo(fundsReleasedAtMs, nowMs)}.`]
  if (!moneyAtRisk) return []
  if (isTerminal) return ['The funds were locked, and nothing that was heard says that they came out again.']
  return fundsLockedAtMs === null
    ? ['The funds are locked, by the status that the system gives.']
    : [`The funds have been locked for ${formatDuration(Math.max(0, nowMs - fundsLockedAtMs))}.`]
}

function meaning(intent: Explained, word: StatusWord | null, { nowMs, isOverdue }: Moment): string[] {
  if (word === null) {
    if (intent.status === '') return []
    return ['The contract of this system does not describe this status, so its meaning is not known here.']
  }
  if (word.normalWaitMs === null || intent.isTerminal || intent.row.isRemoved) return [word.meaning]
  const normal = formatDuration(word.normalWaitMs)
  const waited = formatDuration(Math.max(0, nowMs - intent.row.phaseSinceMs))
  return isOverdue
    ? [`It has waited ${waited}; up to ${normal} is normal.`, word.meaning]
    : [word.meaning, `Up to ${normal} is normal.`]
}

function reasons({ failures }: Explained): string[] {
  return Object.entries(failures).map(([field, text]) => `The system gives as ${field}: “${text}”.`)
}

/** Deadlines that still bear on the outcome: none once nothing is open, only the locks' own while funds are locked. */
export function openDeadlines(intent: Explained): Deadline[] {
  if (intent.moneyAtRisk) return intent.deadlines.filter(mattersAfterLock)
  return intent.isTerminal ? [] : intent.deadlines
}

function passed(intent: Explained, nowMs: number): string[] {
  return openDeadlines(intent)
    .filter(({ atMs }) => atMs < nowMs)
    .map(({ kind, atMs }) => `${deadlineWords(kind)}, ${formatCountdown(atMs, nowMs)}.`)
}

function ignorance({ isNotFound, row }: Explained, nowMs: number): string[] {
  const heard = `the last word about it came ${formatAgo(row.lastHeardAtMs, nowMs)}`
  const sentences: string[] = []
  if (isNotFound) {
    sentences.push(
      `Asked for it, the system answered that it does not know this id; it may go by another one; ${heard}.`,
    )
  }
  if (row.isRemoved) {
    sentences.push(`The system no longer lists it, which says nothing about the outcome; ${heard}.`)
  }
  if (row.hasGap) {
    sentences.push(
      'The console was not listening for part of the time, so a step may be missing from the timeline.',
    )
  }
  return sentences
}
