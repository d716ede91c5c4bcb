import type { z } from 'zod'
import type { ActAnswer } from '../../shared/api/action.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { WatchedId } from '../../shared/api/watching.ts'
import { comparableId } from '../../shared/intent/ids.ts'
import { LOCAL_FIELDS, type LocalName } from '../engine/actions/local.ts'
import { problemsOf, sentenceOf } from '../engine/problems.ts'
import { untilHeard, type Client } from './actClient.ts'
import type { ActInput } from './actInput.ts'
import type { ActTarget } from './actTarget.ts'

/** Longest wait for what was read to reach the intent: it is on its way to the disk already. */
const ANSWER_LIMIT_MS = 5_000

type Outcome = Pick<ActAnswer, 'outcome' | 'why' | 'response'>

/** The own fields of a command of the console; fails with `usage` and every problem with its place. */
export function ownFields<Name extends LocalName>(
  name: Name,
  { fields }: ActInput,
): z.infer<(typeof LOCAL_FIELDS)[Name]> {
  const parsed = LOCAL_FIELDS[name].safeParse(fields)
  if (parsed.success) return parsed.data as z.infer<(typeof LOCAL_FIELDS)[Name]>
  throw new Failure('usage', `The input is wrong: ${sentenceOf(problemsOf(parsed.error))}`, {
    tip: `${name} takes: ${['intent', 'connection', ...Object.keys(LOCAL_FIELDS[name].shape)].join(', ')}.`,
  })
}

/** A command of the console with what it is given. */
export interface LocalOrder {
  command: LocalName
  target: ActTarget
  input: ActInput
}

/** Gives a command that can be given; fails with the `FAILED` of the contract. */
export async function carriedOut(client: Client, { command, target, input }: LocalOrder): Promise<Outcome> {
  const { connection, id } = target
  switch (command) {
    case 'addNote': {
      await client.notes.add({ intent: id, ...ownFields(command, input) })
      return { outcome: 'accepted', why: 'The note stands on the timeline.', response: null }
    }
    case 'addTag': {
      const { tag, isSet } = ownFields(command, input)
      await client.notes.tag({ intent: id, tag, isSet })
      const why = isSet ? 'The tag is set.' : 'The tag is taken away.'
      return { outcome: 'accepted', why, response: null }
    }
    case 'silenceAlarm': {
      const { untilMs } = ownFields(command, input)
      await client.notes.silence({ intent: id, untilMs, reason: input.base.reason ?? '' })
      return { outcome: 'accepted', why: 'It is kept out of Attention.', response: null }
    }
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
  await untilHeard(client, ({ id: one }) => one === connection)
  const { version: since } = await client.intents.get({ id })
  await client.intents.reread({ id })
  const { intent } = await client.intents.get({ id, since, waitMs: ANSWER_LIMIT_MS })
  const { status, phase, isNotFound, updatedAtMs } = intent
  const why = isNotFound ? 'The system answered that it does not know this id.' : `The system says ${status}.`
  return { outcome: 'accepted', why, response: { status, phase, isNotFound, updatedAtMs } }
}

/** What the first reading of a followed id says; null when none comes in time. */
async function firstReading(client: Client, { connection, id }: ActTarget): Promise<WatchedId['known']> {
  if ((await untilHeard(client, ({ id: one }) => one === connection)) !== 'live') return null
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
