import type { WatchedId, WatchOutcome } from '../../shared/api/watching.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { IntentSummary } from '../../shared/api/row.ts'
import { comparableId } from '../../shared/intent/ids.ts'
import type { ReadStore } from '../store/store.ts'
import type { Connection } from './connection.ts'
import type { Desk } from './desk.ts'

/** Longest id that is taken: the longest of the five systems has 88 characters. */
const LONGEST_ID = 200

/** Intents looked through for what is known of watched ids: the most that a profile and some weeks of pasting make. */
const MOST_LOOKED_THROUGH = 10_000

/** What ids are looked up with. */
export type WatchSources = Pick<Desk, 'store' | 'clock'>

/** Follows ids on a connection across restarts, each for itself; whatever is wrong with one leaves the others alone. */
export async function watchMany(
  desk: WatchSources,
  connection: Connection,
  ids: readonly string[],
): Promise<WatchOutcome[]> {
  const closed = notOffered(connection)
  const followed = new Set(connection.watched().map(comparableId))
  const outcomes: WatchOutcome[] = []
  for (const given of ids) {
    const id = await systemsId(desk, connection, given.trim())
    const why = closed ?? refusalOf(id)
    if (why !== null) outcomes.push({ id: given, outcome: 'refused', why })
    else if (followed.has(comparableId(id)))
      outcomes.push({ id: given, outcome: 'already-watched', why: 'It is followed already.' })
    else {
      await connection.watch(id, true)
      followed.add(comparableId(id))
      outcomes.push({ id: given, outcome: 'accepted', why: '' })
    }
  }
  return outcomes
}

/** Follows one id on a connection, or stops following it; fails with `usage` when it cannot be an id, `closed` when it is kept. */
export async function watchOne(
  desk: Desk,
  connection: Connection,
  ask: { id: string; isWatched: boolean },
): Promise<readonly string[]> {
  const id = await systemsId(desk, connection, ask.id.trim())
  if (ask.isWatched) {
    const why = notOffered(connection) ?? refusalOf(id)
    if (why !== null) throw new Failure('usage', why)
    return connection.watch(id, true)
  }
  const watched = await connection.watch(id, false)
  if (connection.isFromProfile(id)) {
    throw new Failure('closed', 'This id stands in the profile, which goes on following it.', {
      tip: 'Remove it from the settings of the connection in the profile.',
    })
  }
  return watched
}

/** Every id followed on a connection, with what is known of it. */
export async function watchedIds({ store, clock }: Desk, connection: Connection): Promise<WatchedId[]> {
  const nowMs = clock.nowMs()
  const query = `connection:"${connection.id}" is:watched`
  const kept = await store.find({ query, limit: MOST_LOOKED_THROUGH, nowMs })
  const byName = new Map(kept.flatMap((intent) => namesOf(intent).map((name) => [name, intent] as const)))
  return Promise.all(
    connection.watched().map(async (id) => {
      const isFromProfile = connection.isFromProfile(id)
      const intent =
        byName.get(comparableId(id)) ?? (isFromProfile ? await named(store, connection, id) : null)
      return { connection: connection.id, id, isFromProfile, known: intent === null ? null : known(intent) }
    }),
  )
}

/** Why ids cannot be followed by hand on a connection; null when they can. */
function notOffered({ upstream }: Connection): string | null {
  const capability = upstream.capabilities.find(({ name }) => name === 'watchIntent')
  if (capability?.isOffered === true) return null
  return capability?.why ?? `${upstream.label} cannot follow single ids.`
}

/** Why a text cannot be an id of any system; null when it may be one. */
function refusalOf(id: string): string | null {
  if (id === '') return 'It is empty.'
  if (id.length > LONGEST_ID) return `It has ${id.length} characters, and no id has more than ${LONGEST_ID}.`
  if (!/^[\x21-\x7e]+$/.test(id)) return 'An id is one run of letters, digits and signs, without spaces.'
  if (!/[A-Za-z0-9]{6}/.test(id)) return 'It is too short or too broken up to be an id.'
  return null
}

/** An id as its system writes it: the rest of a console id, by its own spelling where it is known. */
async function systemsId(
  { store, clock }: WatchSources,
  connection: Connection,
  id: string,
): Promise<string> {
  const prefix = `${connection.id}:`
  if (!id.startsWith(prefix)) return id
  const [found] = await store.find({ query: id, limit: 1, nowMs: clock.nowMs() })
  const rest = id.slice(prefix.length)
  return found?.aliases.find(({ value }) => comparableId(value) === comparableId(rest))?.value ?? rest
}

/** What the list of followed intents leaves out: the store knows of hand-made lists only, not of the profile's. */
async function named(store: ReadStore, connection: Connection, id: string): Promise<IntentSummary | null> {
  const found = await store.find({ query: `${connection.id}:${id}`, limit: 1, nowMs: 0 })
  return found.find((intent) => namesOf(intent).includes(comparableId(id))) ?? null
}

function namesOf({ aliases }: IntentSummary): string[] {
  return aliases.map(({ value }) => comparableId(value))
}

function known({ id, status, phase, isNotFound }: IntentSummary): WatchedId['known'] {
  return { id, status, phase, isNotFound }
}
