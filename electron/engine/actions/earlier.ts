import type { ActionRecord, Precondition } from '../../../shared/api/action.ts'
import { formatInstant } from '../../../shared/intent/time.ts'
import type { Store } from '../../store/store.ts'
import type { Command } from '../../upstreams/command.ts'
import { precondition } from './conditions.ts'

/** Actions looked through for those on the same subject; they are found by a text, which others may mention too. */
const MOST_LOOKED_THROUGH = 50

/** Which actions are meant: those of one command on one subject. */
export interface Deed {
  command: string
  connection: string
  subject: string
}

/** The actions of a command on a subject that were sent, the newest first. */
export async function earlierActions(store: Pick<Store, 'actions'>, deed: Deed): Promise<ActionRecord[]> {
  const { command, connection, subject } = deed
  const found = await store.actions({ command, connection, text: subject, limit: MOST_LOOKED_THROUGH })
  return found.filter((action) => isSame(action, deed) && action.state !== 'declined').sort(byAge)
}

/**
 * The newest of them as it stands, in words. What is confirmed rests on it, so that a second window which does not know of
 * the first one's action sends nothing.
 */
export function newestInWords([newest]: readonly ActionRecord[]): string {
  return newest === undefined ? 'none' : `${newest.state} (${newest.id})`
}

/** Whether the very same request was taken before: a person may mean it a second time, but has to say so. */
export function repeatCondition(
  earlier: readonly ActionRecord[],
  { repeats }: Command,
  bodyDigest: string | null,
): Precondition {
  const name = 'not done before'
  const same = earlier.find((action) => action.state === 'accepted' && action.bodyDigest === bodyDigest)
  if (same === undefined) return precondition(name, 'met')
  const why = `The very same request was taken ${formatInstant(same.openedAtMs, 'utc', 0)} (action ${same.id}, by ${same.who}). ${repeats}`
  return precondition(name, 'unknown', { why })
}

function isSame(action: ActionRecord, { command, connection, subject }: Deed): boolean {
  return action.command === command && action.connection === connection && action.subject === subject
}

function byAge(a: ActionRecord, b: ActionRecord): number {
  return b.openedAtMs - a.openedAtMs
}
