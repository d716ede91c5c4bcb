import type { TimelineEntry } from '../../../shared/api/row.ts'
import type { IntentFact } from '../../../shared/intent/fact.ts'
import type { JournaledEvent } from '../../../shared/log/rawEvent.ts'
import { upstreams } from '../../upstreams/index.ts'
import type { Desk } from '../desk.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `journal`. */
export function journalHandlers(os: ContractImplementer, desk: Desk) {
  return {
    next: os.journal.next.handler(async ({ input, signal }) => {
      const { after, limit, waitMs } = input
      await desk.feeds.journal.next({ since: after, waitMs, signal })
      const events = await desk.store.journal({ after, limit })
      const { lastSeq } = await desk.store.head()
      return { events: events.map(entryOf), lastSeq }
    }),
  }
}

type JournalEntry = TimelineEntry & { connection: string; payload: string }

/** A raw event as a line of `tail`: what it says of an intent, if it does, beside the text as it came. */
function entryOf(event: JournaledEvent): JournalEntry {
  const fact = intentFactOf(event)
  return {
    seq: event.seq,
    kind: event.kind,
    origin: event.origin,
    atMs: fact?.atMs ?? event.receivedAtMs,
    receivedAtMs: event.receivedAtMs,
    status: fact?.claim?.status ?? null,
    flags: event.damage === undefined ? (fact?.flags ?? []) : ['quarantined'],
    repeats: 0,
    lane: event.system === 'console' ? 'console' : 'system',
    changes: [],
    connection: event.connection,
    payload: event.payload,
  }
}

function intentFactOf(event: JournaledEvent): IntentFact | undefined {
  if (event.system === 'console' || event.damage !== undefined) return undefined
  const upstream = upstreams.find(({ system }) => system === event.system)
  return upstream?.normalise(event).find((fact) => fact.about === 'intent')
}
