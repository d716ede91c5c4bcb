import { z } from 'zod'
import { Failure } from '../../../shared/api/failure.ts'
import { isReason } from '../../../shared/api/reason.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { mainIdOf } from '../../../shared/intent/mainId.ts'
import { UNTIL_CHANGE_MS } from '../../../shared/intent/remarks.ts'
import type { Connection } from '../connection.ts'
import type { Connections } from '../connections.ts'
import { readByName } from '../readByName.ts'
import { watchMany, type WatchSources } from '../watching.ts'
import type { Deeds } from './deeds.ts'

/** What commands that concern the console alone work with. */
export interface LocalSources extends WatchSources {
  connections: Connections
  deeds: Deeds
}

/** What one of them is given. */
export interface LocalOrder {
  intent: Intent
  input: Record<string, unknown>
  reason: string
}

/** A command that changes nothing outside: no confirmation, no row in the audit log. */
export interface LocalCommand {
  words: string
  expected: string
  /** Its own fields; refuses unknown keys by name. */
  input: z.ZodType
  /** Does it for one intent; fails with `Failure`. Answers what became of it, one sentence. */
  run: (order: LocalOrder) => Promise<string>
}

/** Earliest instant that a silence may last until, epoch milliseconds: 2001. One in seconds is smaller for tens of thousands of years. */
const EARLIEST_SILENCE_MS = 978_307_200_000

const INSTANT =
  'has to be an instant in milliseconds since 1970, or be left out: then it holds until the status changes'

const silenceEnd = z
  .number({ error: INSTANT })
  .refine((ms) => Number.isInteger(ms) && ms >= EARLIEST_SILENCE_MS && ms <= UNTIL_CHANGE_MS, {
    error: INSTANT,
  })

/** Own fields of the commands that concern the console alone, by name; each refuses unknown keys by name. */
export const LOCAL_FIELDS = {
  watchIntent: z.strictObject({}),
  unwatchIntent: z.strictObject({}),
  addNote: z.strictObject({ text: z.string().trim().min(1).max(4_000) }),
  addTag: z.strictObject({ tag: z.string().trim().min(1).max(60), isSet: z.boolean().default(true) }),
  reread: z.strictObject({}),
  silenceAlarm: z.strictObject({ untilMs: silenceEnd.nullable().default(null) }),
}

/** One of them. */
export type LocalName = keyof typeof LOCAL_FIELDS

/** The commands that concern the console alone, by name. */
export function localCommands(sources: LocalSources): Record<LocalName, LocalCommand> {
  const { deeds } = sources
  return {
    addNote: {
      words: 'Add note',
      expected: 'The note stands on each timeline.',
      input: LOCAL_FIELDS.addNote,
      run: async ({ intent, input }) => {
        await deeds.note({ intent: intent.id, ...LOCAL_FIELDS.addNote.parse(input) })
        return 'The note stands on the timeline.'
      },
    },
    addTag: {
      words: 'Add tag',
      expected: 'Each carries the tag, and can be found by it.',
      input: LOCAL_FIELDS.addTag,
      run: async ({ intent, input }) => {
        await deeds.tag({ intent: intent.id, ...LOCAL_FIELDS.addTag.parse(input) })
        return 'The tag is set.'
      },
    },
    silenceAlarm: {
      words: 'Silence alarm',
      expected: 'Each stays out of Attention until then, or until its status changes.',
      input: LOCAL_FIELDS.silenceAlarm,
      run: async ({ intent, input, reason }) => {
        if (!isReason(reason)) throw new Failure('usage', 'Silencing an alarm takes a reason.')
        await deeds.silence({ intent: intent.id, ...LOCAL_FIELDS.silenceAlarm.parse(input), reason })
        return 'It is silenced.'
      },
    },
    watchIntent: {
      words: 'Watch',
      expected: 'Each is followed from now on, across restarts.',
      input: LOCAL_FIELDS.watchIntent,
      run: ({ intent }) => watch(sources, intent),
    },
    unwatchIntent: {
      words: 'Stop watching',
      expected: 'None is followed by hand any more.',
      input: LOCAL_FIELDS.unwatchIntent,
      run: async ({ intent }) => {
        await connectionOf(sources, intent).watch(mainIdOf(intent), false)
        return 'It is not followed any more.'
      },
    },
    reread: {
      words: 'Read again',
      expected: 'Each is read from its system once more.',
      input: LOCAL_FIELDS.reread,
      run: async ({ intent }) => {
        const link = connectionOf(sources, intent).link()
        if (link === null) throw new Failure('closed', `The connection “${intent.connection}” is stopped.`)
        await readByName(link, intent)
        return 'It was read again.'
      },
    },
  }
}

async function watch(sources: LocalSources, intent: Intent): Promise<string> {
  const [found] = await watchMany(sources, connectionOf(sources, intent), [mainIdOf(intent)])
  if (found?.outcome === 'refused') throw new Failure('closed', found.why)
  return found?.why === '' || found === undefined ? 'It is followed from now on.' : found.why
}

function connectionOf({ connections }: LocalSources, { connection }: Intent): Connection {
  return connections.named(connection)
}
