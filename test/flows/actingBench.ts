import type { ActAnswer, ActionRecord, Rehearsal } from '../../shared/api/action.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'

const REASON = 'Case 4711'

/** A bench whose operator acts. */
export class ActingBench extends FlowBench {
  /** Gives a draft with all that it asks for. */
  give({ draft, hash, confirmation }: Rehearsal, acknowledge?: 'unknown'): Promise<ActAnswer> {
    const consent = { draft, hash, reason: REASON, confirm: confirmation.tail }
    return this.client.actions.give({ ...consent, ...(acknowledge === undefined ? {} : { acknowledge }) })
  }

  /** The newest action, once it stands at a state. */
  settledAt(state: ActionRecord['state']): Promise<ActionRecord> {
    return until(`an action at ${state}`, async () => {
      const [newest] = (await this.client.actions.next({})).actions
      return newest?.state === state ? newest : null
    })
  }
}

/** Conditions that do not hold. */
export function against({ preconditions }: Rehearsal): string[] {
  return preconditions.filter(({ state }) => state !== 'met').map(({ name, state }) => `${name}: ${state}`)
}
