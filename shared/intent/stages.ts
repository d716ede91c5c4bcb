import type { Intent } from './intent.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One stage of the ordinary way, as an intent went through it. */
export interface StageOfStrip {
  label: string
  /** `skipped`: never claimed, passed or perhaps not. `failed`: where the intent stood when it ended otherwise. */
  state: 'done' | 'current' | 'next' | 'failed' | 'skipped'
  /** First entered; for the current stage, entered last. Null when it never was. */
  enteredAtMs: number | null
  /** Time spent in it so far, over all visits, milliseconds; null when it was never entered or is the end. */
  tookMs: number | null
}

type Walked = Pick<Intent, 'status' | 'phase' | 'isTerminal' | 'phaseSinceMs' | 'stages'>

/**
 * The stages of the ordinary way with where an intent stands. Under a word that is no stage (one that nobody has described,
 * or an end other than the ordinary one) it stands at the stage it reached last.
 */
export function stageStrip(intent: Walked, vocabulary: Vocabulary, nowMs: number): StageOfStrip[] {
  const stageOf = ({ status, phase }: Pick<Intent, 'status' | 'phase'>): number =>
    vocabulary.stages.findIndex(
      ({ statuses, phases }) => statuses.includes(status) && (phases?.includes(phase) ?? true),
    )
  const visits = visitsOf(intent, stageOf, nowMs)
  const own = stageOf(intent)
  const standing = own >= 0 ? own : (visits.at(-1)?.stage ?? -1)
  const hasFailed = intent.isTerminal && own < 0
  return vocabulary.stages.map(({ label }, stage) => {
    const here = visits.filter((visit) => visit.stage === stage)
    const took = here.map(({ tookMs }) => tookMs)
    const isCurrent = stage === standing && !intent.isTerminal
    return {
      label,
      state: stateOf({
        stage,
        standing,
        hasFailed,
        isEntered: here.length > 0,
        isTerminal: intent.isTerminal,
      }),
      enteredAtMs: here.at(isCurrent ? -1 : 0)?.enteredAtMs ?? null,
      tookMs:
        took.length === 0 || took.includes(null)
          ? null
          : took.reduce<number>((sum, ms) => sum + (ms ?? 0), 0),
    }
  })
}

interface Visit {
  stage: number
  enteredAtMs: number
  /** Null for the stage at which the intent ended. */
  tookMs: number | null
}

/** Stays in stages, oldest first; statuses of one stage that follow each other are one stay. */
function visitsOf(
  intent: Walked,
  stageOf: (entry: Pick<Intent, 'status' | 'phase'>) => number,
  nowMs: number,
): Visit[] {
  const entries = intent.stages.map((entry) => ({
    stage: stageOf(entry),
    enteredAtMs: entry.enteredAtMs,
  }))
  const changes = entries.filter((entry, at) => entry.stage !== entries[at - 1]?.stage)
  return changes
    .map((entry, at) => {
      const endedAtMs = changes[at + 1]?.enteredAtMs ?? (intent.isTerminal ? null : nowMs)
      return { ...entry, tookMs: endedAtMs === null ? null : Math.max(0, endedAtMs - entry.enteredAtMs) }
    })
    .filter(({ stage }) => stage >= 0)
}

function stateOf(of: {
  stage: number
  standing: number
  hasFailed: boolean
  isEntered: boolean
  isTerminal: boolean
}): StageOfStrip['state'] {
  // Of one that was first heard of when it had ended nobody knows how far it came.
  if (of.hasFailed && of.standing < 0) return 'skipped'
  if (of.hasFailed && of.stage === of.standing) return 'failed'
  if (of.stage > of.standing) return 'next'
  if (of.stage === of.standing && !of.isTerminal) return 'current'
  return of.isEntered ? 'done' : 'skipped'
}
