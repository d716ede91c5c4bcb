import { claimOf } from '../../../shared/intent/vocabulary.ts'
import { isTerminalPhase } from '../../../shared/intent/phase.ts'
import { isAtRisk, progressOf } from './progress.ts'
import { defiVocabulary } from './vocabulary.ts'
import type { IntentBody } from './wire.ts'

/** Shortest pause between two readings of one intent, milliseconds: the page proposes 5 to 10 s for a live one. */
const SOONEST_MS = 5_000

/** Spread on top of it, so that intents met together are not asked for together. */
const SPREAD_MS = 5_000

/** Longest pause while anything may still happen, milliseconds. */
const LATEST_MS = 60_000

/** An intent that has not moved for so many pauses is asked for more seldom. */
const PATIENCE = 20

/** How an intent stands for whoever plans its next reading. */
export interface Standing {
  status: string
  /** Nothing more is to be heard of it: a final word, and no money at risk. */
  isOver: boolean
}

/** How an intent stands by its newest answer. A word that nobody has described is not the end. */
export function standingOf(body: IntentBody): Standing {
  const status = body.status ?? ''
  const isOver = isTerminalPhase(claimOf(defiVocabulary, status).phase) && !isAtRisk(status, progressOf(body))
  return { status, isOver }
}

/** When an intent wants to be read next, epoch milliseconds; null when it is over. */
export function nextReadingAtMs(
  standing: Standing,
  { nowMs, sinceMs, random }: { nowMs: number; sinceMs: number; random: () => number },
): number | null {
  if (standing.isOver) return null
  const isLate = isTerminalPhase(claimOf(defiVocabulary, standing.status).phase)
  const unmovedMs = Math.max(0, nowMs - sinceMs)
  const pauseMs = isLate ? LATEST_MS : Math.min(LATEST_MS, Math.max(SOONEST_MS, unmovedMs / PATIENCE))
  return nowMs + Math.round(pauseMs + random() * SPREAD_MS)
}

/** When an id that the system does not know, or will not read, is asked for again, epoch milliseconds. */
export function nextAfterRefusalMs(nowMs: number): number {
  return nowMs + LATEST_MS
}
