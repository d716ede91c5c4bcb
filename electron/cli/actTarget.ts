import type { Precondition } from '../../shared/api/action.ts'
import type { IntentSummary } from '../../shared/api/row.ts'
import type { Profile } from '../../shared/api/profile.ts'
import { isReason } from '../../shared/api/reason.ts'
import { comparableId } from '../../shared/intent/ids.ts'
import type { LocalName } from '../engine/actions/local.ts'
import { shortened } from '../engine/shortened.ts'
import { condition } from './actAnswer.ts'
import type { ActInput } from './actInput.ts'

/** What a command is about: an id on a connection, as far as the input and the data folder tell. */
export interface ActTarget {
  connection: string
  id: string
  preconditions: Precondition[]
}

/** What a target is looked up in. */
export interface ActSources {
  profile: Profile
  find: (query: string) => Promise<IntentSummary[]>
}

/** The connection and id that an input means for a command, with the conditions that have to hold. */
export async function actTarget(
  command: LocalName,
  { base: input }: ActInput,
  { profile, find }: ActSources,
): Promise<ActTarget> {
  const given = input.intent ?? ''
  const known = given === '' ? [] : (await find(given)).filter((intent) => isNamed(intent, given))
  const connections = input.connection === undefined ? connectionsOf(known, profile) : [input.connection]
  const [connection = ''] = connections.length === 1 ? connections : []
  const [intent] = known.filter((one) => one.connection === connection)
  const names = profile.connections.map(({ id }) => id)
  const preconditions: Precondition[] = [
    condition('intent named', given !== '', 'Give its id as "intent".'),
    condition(
      'connection of the profile',
      names.includes(connection),
      connection === ''
        ? `Name one as "connection": ${names.join(', ') || 'the profile has none'}.`
        : `The profile has no connection “${shortened(connection)}”; it has: ${names.join(', ') || 'none'}.`,
    ),
  ]
  const isFollowing = command === 'watchIntent' || command === 'unwatchIntent'
  if (!isFollowing) {
    preconditions.push(
      condition('intent known', intent !== undefined, 'No such intent was ever heard of here.'),
    )
  }
  if (command === 'silenceAlarm') {
    const isGiven = isReason(input.reason ?? '')
    preconditions.push(condition('reason given', isGiven, 'Say why, as "reason"; it is kept.'))
  }
  return { connection, id: isFollowing ? given : (intent?.id ?? given), preconditions }
}

/** Connections on which the intent may be: those that know it, else the only one there is. */
function connectionsOf(known: readonly IntentSummary[], profile: Profile): string[] {
  const knowing = [...new Set(known.map(({ connection }) => String(connection)))]
  return knowing.length > 0 ? knowing : profile.connections.map(({ id }) => id)
}

function isNamed({ id, aliases }: IntentSummary, given: string): boolean {
  const wanted = comparableId(given)
  return id === given || aliases.some(({ value }) => comparableId(value).startsWith(wanted))
}
