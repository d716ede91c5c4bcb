import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { redact } from '../kit/redact.ts'
import type { TestSite } from '../upstream.ts'

/** Longest event name that is kept, characters; documented ones have fewer than 30. */
const LONGEST_NAME = 200

/** Events that happen to an order once, so that the same frame again is a repetition; none of the others has a time. */
const ONCE: ReadonlySet<string> = new Set([
  'order_created',
  'order_filled',
  'order_filled_partially',
  'order_cancelled',
  'secret_shared',
])

/** Kinds that the console itself gives to what it asked for. */
const OURS = /^(?:GET |POST |rpc:)/

/** One event heard, secrets redacted, as the journal keeps it. */
export function eventOf(site: TestSite, name: string, text: string): RawEvent {
  const kind = OURS.test(name) ? `event ${name}` : name
  return { ...framed(site, kind, text), isSample: !ONCE.has(name) }
}

/** One reply to a question over the socket, secrets redacted. */
export function replyOf(site: TestSite, method: string, text: string): RawEvent {
  return { ...framed(site, `rpc:${method}`, text), origin: 'poll' }
}

function framed(site: TestSite, kind: string, text: string): RawEvent {
  return {
    connection: site.connection.id,
    system: site.connection.system,
    kind: kind.slice(0, LONGEST_NAME),
    origin: 'push',
    receivedAtMs: site.clock.nowMs(),
    payload: redact(text),
    isSample: true,
  }
}
