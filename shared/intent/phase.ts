/** Our normalised stage of an intent. The system's own word is its `status`, kept verbatim beside it. */
export type Phase =
  | 'created'
  | 'open'
  | 'matched'
  | 'locking'
  | 'executing'
  | 'refunding'
  | 'completed'
  | 'refunded'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'unknown'

/** All phases in the order in which people read them. */
export const PHASES: readonly Phase[] = [
  'created',
  'open',
  'matched',
  'locking',
  'executing',
  'refunding',
  'completed',
  'refunded',
  'failed',
  'expired',
  'cancelled',
  'unknown',
]

const TERMINAL: ReadonlySet<Phase> = new Set(['completed', 'refunded', 'failed', 'expired', 'cancelled'])

/** Whether the system will not move the intent any more. It does not mean that no money is at risk. */
export function isTerminalPhase(phase: Phase): boolean {
  return TERMINAL.has(phase)
}
