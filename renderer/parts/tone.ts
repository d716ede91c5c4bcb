import type { PresenceState } from '../../shared/api/presence.ts'
import type { Phase } from '../../shared/intent/phase.ts'

/** The six meanings that have a colour, and none. */
export type Tone = 'open' | 'moving' | 'waiting' | 'done' | 'refund' | 'failed' | 'plain'

/** The shape of each meaning, so that nothing is told by colour alone. */
export const SHAPES: Record<Tone, string> = {
  open: '○',
  moving: '◐',
  waiting: '◇',
  done: '●',
  refund: '◁',
  failed: '✕',
  plain: '·',
}

const PHASE_TONES: Record<Phase, Tone> = {
  created: 'open',
  open: 'open',
  matched: 'moving',
  locking: 'moving',
  executing: 'moving',
  refunding: 'refund',
  completed: 'done',
  refunded: 'refund',
  failed: 'failed',
  expired: 'failed',
  cancelled: 'failed',
  unknown: 'waiting',
}

const PRESENCE_TONES: Record<PresenceState, Tone> = {
  connecting: 'moving',
  live: 'done',
  stale: 'waiting',
  retrying: 'waiting',
  'needs-credentials': 'waiting',
  refused: 'failed',
  stopped: 'plain',
}

const PRESENCE_WORDS: Record<PresenceState, string> = {
  connecting: 'connecting',
  live: 'live',
  stale: 'silent',
  retrying: 'retrying',
  'needs-credentials': 'needs credentials',
  refused: 'refused',
  stopped: 'stopped',
}

/** The meaning of a phase. */
export function phaseTone(phase: Phase): Tone {
  return PHASE_TONES[phase]
}

/** A phase as a word on the screen. */
export function phaseWord(phase: Phase): string {
  return phase.charAt(0).toUpperCase() + phase.slice(1)
}

/** The shape of a phase; an unknown one has its own. */
export function phaseShape(phase: Phase): string {
  return phase === 'unknown' ? '?' : SHAPES[PHASE_TONES[phase]]
}

/** The meaning of a presence. */
export function presenceTone(state: PresenceState): Tone {
  return PRESENCE_TONES[state]
}

/** A presence as a word on the screen. */
export function presenceWord(state: PresenceState): string {
  return PRESENCE_WORDS[state]
}

/** How a state told in words is meant; an explanation and the values of a panel have the same four. */
type StateTone = 'calm' | 'attention' | 'done' | 'failed'

const STATE_TONES: Record<StateTone, Tone> = {
  calm: 'plain',
  attention: 'waiting',
  done: 'done',
  failed: 'failed',
}

/** The meaning of a state told in words. */
export function stateTone(tone: StateTone): Tone {
  return STATE_TONES[tone]
}
