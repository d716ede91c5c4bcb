import type { RouterClient } from '@orpc/server'
import type { PresenceState } from '../../shared/api/presence.ts'
import type { WatchedId } from '../../shared/api/watching.ts'
import { comparableId } from '../../shared/intent/ids.ts'
import type { EngineRouter } from '../engine/handlers/router.ts'
import type { ActAnswer } from './actAnswer.ts'
import type { LocalCommand } from './actCommands.ts'
import type { ActTarget } from './actTarget.ts'

/** The engine of this process, asked as a page asks it. */
export type Client = RouterClient<EngineRouter>

/** Longest wait for a connection to be heard before it is asked all the same: a cold start and a slow handshake. */
const HEARD_LIMIT_MS = 10_000

/** Longest wait for what was read to reach the intent: it is on its way to the disk already. */
const ANSWER_LIMIT_MS = 5_000

type Outcome = Pick<ActAnswer, 'outcome' | 'why' | 'response'>

/** Gives a command that can be given; fails with the `FAILED` of the contract. */
export async function carriedOut(client: Client, command: LocalCommand, target: ActTarget): Promise<Outcome> {
  const { connection, id } = target
  switch (command) {
    case 'watchIntent': {
      const { outcomes } = await client.intents.watchMany({ connection, ids: [id] })
      const [{ outcome, why } = { outcome: 'refused', why: 'Nothing was given.' }] = outcomes
      if (outcome === 'refused') return { outcome, why, response: null }
      const known = await firstReading(client, target)
      const isUnknown = known?.isNotFound === true
      const followed = why === '' ? 'It is followed from now on, across restarts.' : why
      const said = isUnknown ? `${followed} The system answered that it does not know this id.` : followed
      return { outcome: 'accepted', why: said, response: { connection, id, known } }
    }
    case 'unwatchIntent': {
      const { watched } = await client.intents.watch({ connection, id, isWatched: false })
      return { outcome: 'accepted', why: 'It is not followed any more.', response: { connection, watched } }
    }
    case 'reread':
      return readAgain(client, target)
  }
}

async function readAgain(client: Client, { connection, id }: ActTarget): Promise<Outcome> {
  await untilHeard(client, connection)
  const { version: since } = await client.intents.get({ id })
  await client.intents.reread({ id })
  const { intent } = await client.intents.get({ id, since, waitMs: ANSWER_LIMIT_MS })
  const { status, phase, isNotFound, updatedAtMs } = intent
  const why = isNotFound ? 'The system answered that it does not know this id.' : `The system says ${status}.`
  return { outcome: 'accepted', why, response: { status, phase, isNotFound, updatedAtMs } }
}

/** What the first reading of a followed id says; null when none comes in time. */
async function firstReading(client: Client, { connection, id }: ActTarget): Promise<WatchedId['known']> {
  if ((await untilHeard(client, connection)) !== 'live') return null
  const untilMs = performance.now() + ANSWER_LIMIT_MS
  let since = 0
  for (;;) {
    const list = await client.intents.watchList({ connection })
    const known = list.find((watched) => comparableId(watched.id) === comparableId(id))?.known ?? null
    const waitMs = Math.max(0, Math.round(untilMs - performance.now()))
    if (known !== null || waitMs === 0) return known
    since = (await client.intents.next({ query: 'is:watched', limit: 1, since, waitMs })).version
  }
}

/** Waits until a connection is heard or has failed once; answers how it fares. */
async function untilHeard(client: Client, connection: string): Promise<PresenceState | undefined> {
  const untilMs = performance.now() + HEARD_LIMIT_MS
  let since = 0
  for (;;) {
    const waitMs = Math.max(0, Math.round(untilMs - performance.now()))
    const { version, connections } = await client.connections.next({ since, waitMs })
    const state = connections.find(({ id }) => id === connection)?.presence.state
    if ((state !== 'connecting' && state !== 'stopped') || waitMs === 0) return state
    since = version
  }
}
