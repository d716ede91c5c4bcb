import { standingSinceMs } from './course.ts'
import type { Explained } from './explained.ts'
import type { Contradiction } from './intent.ts'
import { formatAgo, formatDuration } from './time.ts'
import type { StatusWord } from './vocabulary.ts'
import { wordsOfName } from './words.ts'

/** Where in time an intent is looked at. */
interface Moment {
  nowMs: number
  isOverdue: boolean
}

/**
 * Whole sentences about an intent, the most important first; each stands only when it is true. Deadlines are not among
 * them: whoever shows an intent lists them, with their countdowns.
 */
export function sentencesAbout(intent: Explained, word: StatusWord | null, moment: Moment): string[] {
  return [
    ...doubts(intent, moment.nowMs),
    ...money(intent, moment.nowMs),
    ...meaning(intent, word, moment),
    ...reasons(intent),
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
  if (isOverdue && word.normalWaitMs === 0) return ['It should have moved on by now.', word.meaning]
  const normal = formatDuration(word.normalWaitMs)
  const waited = formatDuration(
    Math.max(0, nowMs - standingSinceMs(intent.course, intent.row.phaseSinceMs, nowMs)),
  )
  return isOverdue
    ? [`It has waited ${waited}; up to ${normal} is normal.`, word.meaning]
    : [word.meaning, `Up to ${normal} is normal.`]
}

function reasons({ failures }: Explained): string[] {
  return Object.entries(failures).map(([field, text]) => `The system gives as ${field}: “${text}”.`)
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
