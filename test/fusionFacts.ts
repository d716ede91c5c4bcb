import { normalise } from '../electron/upstreams/fusion/normalise.ts'
import type { DriftFact, Fact, IntentFact, QuarantineFact } from '../shared/intent/fact.ts'
import { connectionId } from '../shared/intent/ids.ts'
import type { RawEvent } from '../shared/log/rawEvent.ts'

export const RECEIVED_AT_MS = Date.UTC(2026, 10, 21, 15)
export const MAX = (2n ** 256n - 1n).toString()
export const ID = `0x${'ab'.repeat(32)}`
export const OTHER_ID = `0x${'cd'.repeat(32)}`
export const HASH = `0x${'12'.repeat(32)}`

export function raw(kind: string, payload: unknown): RawEvent {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return {
    connection: connectionId('test'),
    system: 'fusion',
    kind,
    origin: 'push',
    receivedAtMs: RECEIVED_AT_MS,
    payload: text,
    isSample: false,
  }
}

export function facts(kind: string, payload: unknown): Fact[] {
  return normalise(raw(kind, payload))
}

export function intentOf(all: Fact[]): IntentFact {
  const found = all.find((fact) => fact.about === 'intent')
  if (found === undefined) throw new Error(`no intent fact among ${JSON.stringify(all)}`)
  return found
}

export function driftOf(all: Fact[]): DriftFact[] {
  return all.filter((fact) => fact.about === 'drift')
}

export function quarantineOf(all: Fact[]): QuarantineFact[] {
  return all.filter((fact) => fact.about === 'quarantine')
}
