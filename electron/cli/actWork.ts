import type { z } from 'zod'
import type { ActAnswer } from '../../shared/api/action.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { WatchedId } from '../../shared/api/watching.ts'
import { comparableId } from '../../shared/intent/ids.ts'
import { LOCAL_FIELDS, type LocalName } from '../engine/actions/local.ts'
import { wrongInput } from '../engine/actions/wrongInput.ts'
import { isDoneWithin } from '../engine/patience.ts'
import { failureIn, untilHeard, type Client } from './actClient.ts'
import type { ActInput } from './actInput.ts'
import type { ActTarget } from './actTarget.ts'

/** Longest wait for what was read to reach the intent: it is on its way to the disk already. */
const ANSWER_LIMIT_MS = 5_000

/** Longest wait for all that a reading asks for, milliseconds: two questions, each of which may take the ten seconds of any. */
const READING_LIMIT_MS = 20_000

type Outcome = Pick<ActAnswer, 'outcome' | 'why' | 'response'>

/** The own fields of a command of the console; fails with `usage` and every problem with its place. */
export function ownFields<Name extends LocalName>(
  name: Name,
  { fields }: ActInput,
): z.infer<(typeof LOCAL_FIELDS)[Name]> {
  const parsed = LOCAL_FIELDS[name].safeParse(fields)
  if (parsed.success) return parsed.data as z.infer<(typeof LOCAL_FIELDS)[Name]>
  const alsoTakes = ['intent', 'connection', ...Object.keys(LOCAL_FIELDS[name].shape)]
  throw wrongInput(parsed.error, { command: name, fields: [], alsoTakes, written: fields })
}

/** Fails with `usage` for a silence that would have ended before it begins. */
export function refuseEnded({ untilMs }: { untilMs: number | null }, nowMs: number): void {
  if (untilMs === null || untilMs > nowMs) return
  throw new Failure('usage', `“untilMs” is past, so nothing would be silenced; it is ${String(nowMs)} now.`, {
    tip: 'Give a later instant, or leave it out: then it holds until the status changes.',
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
      const { known, words } = await firstReading(client, target)
      const followed = why === '' ? 'It is followed from now on, across restarts.' : why
      const said = `${followed} ${words}`.trim()
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
  const isWhole = await isDoneWithin(READING_LIMIT_MS, client.intents.reread({ id }))
  const { intent } = await client.intents.get({ id, since, waitMs: ANSWER_LIMIT_MS })
  const { status, phase, isNotFound, updatedAtMs } = intent
  const why = isNotFound ? NOT_KNOWN : `The system says ${status}.`
  return {
    outcome: 'accepted',
    why: isWhole ? why : `${why} ${NOT_WHOLE}`,
    response: { status, phase, isNotFound, updatedAtMs },
  }
}

const NOT_KNOWN = 'The system answered that it does not know this id.'

const NOT_WHOLE = `It was not read whole within ${READING_LIMIT_MS / 1_000} s, so that something may be missing: read it again.`

/** What the first reading of a followed id says, once all that it asks for was read; null with the reason when none comes in time. */
async function firstReading(
  client: Client,
  target: ActTarget,
): Promise<{ known: WatchedId['known']; words: string }> {
  const { connection, id } = target
  const state = await untilHeard(client, (one) => one.id === connection)
  if (state !== 'live') {
    const words = `It was not read yet, for the connection is ${state?.replaceAll('-', ' ') ?? 'closed'}.`
    return { known: null, words }
  }
  const whole = client.intents.reread({ id, connection }).then(() => '')
  const words = whole.catch((error: unknown) => `It could not be read whole: ${failureIn(error).message}`)
  const isDone = await isDoneWithin(READING_LIMIT_MS, words)
  const known = await whatIsKnown(client, target)
  const trouble = isDone ? await words : NOT_WHOLE
  if (known === null) return { known, words: trouble || 'Nothing was heard of it yet.' }
  return { known, words: known.isNotFound ? NOT_KNOWN : trouble }
}

/** What is known of a followed id; null when nothing is in time. */
async function whatIsKnown(client: Client, { connection, id }: ActTarget): Promise<WatchedId['known']> {
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
