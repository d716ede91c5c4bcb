import { redact } from '../electron/upstreams/kit/redact.ts'
import { normalise } from '../electron/upstreams/oneinch-fusion-plus/normalise.ts'
import type { Fact, IntentFact } from '../shared/intent/fact.ts'
import { connectionId } from '../shared/intent/ids.ts'

export const HASH = '0x2b0be90253576253df4090c0d2cd882004ebe437b4a58ab2ce082c6583b385f4'
export const NOW_MS = Date.UTC(2026, 0, 1, 0, 2)
export const CONNECTION = connectionId('plus')

/** What a frame or an answer says, redacted as it is before it is kept. */
export function facts(kind: string, payload: string, receivedAtMs = NOW_MS): Fact[] {
  const event = { connection: CONNECTION, system: 'oneinch-fusion-plus', kind, receivedAtMs } as const
  return normalise({ ...event, origin: 'push', payload: redact(payload), isSample: false })
}

/** The first fact, which must be one of an intent. */
export function firstIntentOf(found: readonly Fact[]): IntentFact {
  const [first] = found
  if (first?.about !== 'intent')
    throw new Error(`The first fact is none of an intent: ${JSON.stringify(found)}`)
  return first
}

/** A status as the API answers it, as JSON text. */
export function status(fields: object): string {
  const body = { orderHash: HASH, status: 'pending', srcChainId: 1, dstChainId: 42161, fills: [], ...fields }
  return JSON.stringify({ requestedId: HASH, httpStatus: 200, body })
}
