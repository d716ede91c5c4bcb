import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { isUnwell } from '../../shared/api/presence.ts'

/** How many connections are neither heard nor just being opened. */
export function unwellCount({ connections }: Pick<ConsoleStatus, 'connections'>): number {
  return connections.filter(({ presence }) => isUnwell(presence.state)).length
}

/** How many lines the screen Attention lists; an intent that needs a person for two reasons is on two of them. */
export function attentionCount(status: Pick<ConsoleStatus, 'connections' | 'counts'>): number {
  const { stuck, endedAtRisk, contradicted, silenced } = status.counts
  return stuck + endedAtRisk + contradicted - silenced + unwellCount(status)
}
