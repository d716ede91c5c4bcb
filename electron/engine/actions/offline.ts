import type { Rehearsal } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import type { ReadStore } from '../../store/store.ts'
import { upstreamOf } from '../../upstreams/index.ts'
import { shortened } from '../shortened.ts'
import { approvalMinutes } from './approvals.ts'
import { connectionConditions, readingCondition } from './conditions.ts'
import type { Order } from './drafts.ts'
import { earlierActions } from './earlier.ts'
import { commandNamed, connectionMeant, siteOf } from './register.ts'
import { shown, workedOut } from './worked.ts'

/** What a rehearsal without a connection rests on. */
export interface OfflineSources {
  /** Null where there is no data folder yet. */
  store: ReadStore | null
  profile: Profile
  nowMs: number
}

/** A command as it would be sent, from what a data folder knows: opens no connection, holds no draft. Fails as `prepare` does. */
export async function rehearsedOffline(
  order: Order,
  { store, profile, nowMs }: OfflineSources,
): Promise<Omit<Rehearsal, 'draft' | 'expiresAtMs'>> {
  const intent = order.intent === undefined || store === null ? null : await store.intent(order.intent)
  const name = connectionMeant(order, intent, profile.connections)
  const entry = profile.connections.find(({ id }) => id === name)
  if (entry === undefined) {
    throw new Failure('not-found', `The profile has no connection “${shortened(name)}”.`, {
      tip: `It has: ${profile.connections.map(({ id }) => id).join(', ') || 'none'}.`,
    })
  }
  const command = commandNamed(upstreamOf(entry.system), order.command)
  const engineConditions = [
    ...connectionConditions({ isHeld: null, presence: null }),
    ...(intent === null ? [] : [readingCondition({ state: 'none' })]),
  ]
  const connection = siteOf(entry)
  const worked = await workedOut({
    ...{ command, connection, intent, reading: { state: 'none' }, input: order.input, nowMs },
    engineConditions: () => Promise.resolve(engineConditions),
    earlier: (deed) => (store === null ? Promise.resolve([]) : earlierActions(store, deed)),
    ledger: store === null ? 0 : (await store.actionsHead()).ledger,
    minutes: approvalMinutes(profile),
  })
  return shown(worked, { approvals: profile.approvals, pending: null })
}
