import type { Intent } from '../../../shared/intent/intent.ts'
import { operatorEvent } from '../../../shared/log/operatorEvent.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Recorded } from './ledger.ts'

/**
 * The event that shows a step on the timeline of the intent that it is about, and holds its place and hash in the journal's
 * own chain; null where no intent is known. What was only submitted is none: that it exists is for its system to say, and
 * whoever looks for a sign of it must not find our own word. What its system took and named is one from then on.
 */
export function steppedEvent({ step, record }: Recorded, intent: Intent | null): RawEvent | null {
  const alias = intent?.aliases[0] ?? (step.kind === 'accepted' ? step.follows : null)
  if (record === null || alias === null) return null
  const { connection, system, command, words } = record
  const { kind, atMs, action, who, why, advice, seq, hash, facts } = step
  const told = { action, step: kind, command, words, who, why, advice, seq, hash, facts }
  const said = { ...told, system, aliases: [alias] }
  return operatorEvent({ connection, atMs }, 'actionStepped', said)
}
