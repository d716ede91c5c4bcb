import { z } from 'zod'
import type { Presence, PresenceState } from '../../shared/api/presence.ts'
import type { ConsoleEvents } from '../../shared/log/consoleEvent.ts'
import type { JournaledEvent } from '../../shared/log/rawEvent.ts'
import type { ReadStore } from '../store/store.ts'

/** Events looked at in one step backwards: one answer of the journal. */
const STEP = 1_000
/** Steps before a reader gives up looking: presence changes rarely, and 20,000 events are a few milliseconds each thousand. */
const STEPS = 20

const STATES = [
  'connecting',
  'live',
  'stale',
  'retrying',
  'needs-credentials',
  'refused',
  'stopped',
] as const satisfies readonly PresenceState[]
const presenceChanged = z.object({ state: z.enum(STATES), reason: z.string(), tip: z.string() })

/** The last presence that the journal tells of each connection, for a reader that holds no link itself. */
export async function lastPresences(
  store: Pick<ReadStore, 'head' | 'journal'>,
  connections: readonly string[],
): Promise<Map<string, Presence>> {
  const found = new Map<string, Presence>()
  let before = (await store.head()).lastSeq + 1
  for (let step = 0; step < STEPS && before > 1 && found.size < connections.length; step += 1) {
    const after = Math.max(0, before - 1 - STEP)
    const events = await store.journal({ after, limit: before - 1 - after })
    for (const event of events.toReversed()) {
      const presence = found.has(event.connection) ? null : presenceIn(event)
      if (presence !== null) found.set(event.connection, presence)
    }
    before = after + 1
  }
  return found
}

/** Stands where the journal tells nothing. */
export function unknownPresence(nowMs: number): Presence {
  return presenceOf(
    { state: 'stopped', reason: 'The journal tells nothing of this connection yet.', tip: '' },
    nowMs,
  )
}

function presenceIn(event: JournaledEvent): Presence | null {
  if (event.system !== 'console' || event.kind !== 'presenceChanged') return null
  return presenceOf(presenceChanged.parse(JSON.parse(event.payload)), event.receivedAtMs)
}

function presenceOf(said: ConsoleEvents['presenceChanged'], sinceMs: number): Presence {
  return {
    ...said,
    sinceMs,
    lastReceivedAtMs: null,
    lastPongAtMs: null,
    roundTripMs: null,
    nextRetryAtMs: null,
    attempt: 0,
  }
}
