import type { ActionRecord, Precondition } from '../../../shared/api/action.ts'
import { isSameThing, namesOfThing, type Thing } from '../../../shared/api/sameThing.ts'
import { formatInstant } from '../../../shared/intent/time.ts'
import type { Store } from '../../store/store.ts'
import type { Command } from '../../upstreams/command.ts'
import { precondition } from './conditions.ts'

/** Actions of one command on one thing that are looked at, the newest: nobody repeats one more often. */
const MOST_LOOKED_AT = 50

const NOT_DONE_BEFORE = 'not done before'

/** Which actions are meant: those of one command on one thing. */
export interface Deed extends Thing {
  command: string
}

/** The actions of a command on a thing that were sent, over any connection to its system, the newest first. */
export async function earlierActions(store: Pick<Store, 'actions'>, deed: Deed): Promise<ActionRecord[]> {
  const names = namesOfThing(deed)
  const found = await store.actions({ command: deed.command, names, limit: MOST_LOOKED_AT })
  return found.filter((action) => isSameThing(action, deed) && action.state !== 'declined').sort(byAge)
}

/**
 * The newest of them as it stands, in words. What is confirmed rests on it, so that a second window which does not know of
 * the first one's action sends nothing.
 */
export function newestInWords([newest]: readonly ActionRecord[]): string {
  return newest === undefined ? 'none' : `${newest.state} (${newest.id})`
}

/**
 * Whether the very same request was taken before, or any on the same thing where that can be done once: a person may mean it a
 * second time, but has to say just that.
 */
export function repeatCondition(
  earlier: readonly ActionRecord[],
  { repeats, isOnce }: Pick<Command, 'repeats' | 'isOnce'>,
  bodyDigest: string | null,
): Precondition {
  const taken = earlier.filter(({ state }) => state === 'accepted')
  const same = taken.find((action) => action.bodyDigest === bodyDigest)
  const repeated = same ?? (isOnce === true ? taken[0] : undefined)
  if (repeated === undefined) return precondition(NOT_DONE_BEFORE, 'met')
  const what =
    same === undefined
      ? `Another content was taken for ${repeated.subject}`
      : 'The very same request was taken'
  const when = `${formatInstant(repeated.openedAtMs, 'utc', 0)} (action ${repeated.id}, by ${repeated.who})`
  const why = `${what} ${when}. ${repeats} It is sent again only where this is acknowledged by its own name.`
  return precondition(NOT_DONE_BEFORE, 'unknown', { why })
}

/** Whether a condition says that it was done before: that is known, so nobody passes it among what could not be checked. */
export function isRepeat({ name, state }: Precondition): boolean {
  return name === NOT_DONE_BEFORE && state === 'unknown'
}

/** By their place in the ledger, since clocks are set back. */
function byAge(a: ActionRecord, b: ActionRecord): number {
  return placeOf(b) - placeOf(a)
}

function placeOf({ steps }: ActionRecord): number {
  return steps[0]?.seq ?? 0
}
