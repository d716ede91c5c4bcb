import { connectionId } from '../../shared/intent/ids.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { FUSION_WAY } from '../fusionWay.ts'

/** A fixed instant, so that two runs write the same bytes. */
const START_MS = 1_795_000_000_000

/** Time from one event to the next, milliseconds. */
const STEP_MS = 10

/** What an event of the benches says. */
interface Said {
  /** Number of the intent; its id is made of it. */
  intent: number
  /** How far on its way. */
  step: number
  atMs: number
}

/** An event's name and payload on Fusion's wire, about 640 bytes. */
export function fusionFrame({ intent, step, atMs }: Said): { kind: string; payload: string } {
  const id = intentId(intent)
  const payload = {
    intentId: id,
    status: FUSION_WAY[Math.min(step, FUSION_WAY.length - 1)],
    proofStatus: step === 0 ? 'pending' : 'verified',
    solver: step < 2 ? null : `0x${(intent % 25).toString(16).padStart(40, 'a')}`,
    fromChain: 421614,
    toChain: 84532,
    amount: String(10n ** 18n + BigInt(intent)),
    createdAt: new Date(START_MS + intent).toISOString(),
    updatedAt: new Date(atMs).toISOString(),
    matchedAt: null,
    completedAt: null,
    htlcState: step >= 4 ? 'source_locked' : null,
    txHashes: step >= 4 ? { sourceLock: `0x${id.slice(2).split('').reverse().join('')}` } : null,
    error: null,
    failureReason: null,
    timestamp: new Date(atMs + 5).toISOString(),
  }
  return { kind: step === 0 ? 'intent:new' : 'intent:status_changed', payload: JSON.stringify(payload) }
}

/** The id of an intent by its number: spread like hashes are. */
export function intentId(intent: number): string {
  return `0x${((BigInt(intent) * 0x9e37_79b9_7f4a_7c15n) & 0xffff_ffff_ffff_ffffn).toString(16).padStart(16, '0').repeat(4)}`
}

/** The raw event that a frame becomes. */
function fusionEvent(said: Said): RawEvent {
  return {
    connection: connectionId('bench'),
    system: 'fusion',
    origin: 'push',
    receivedAtMs: said.atMs + 20,
    isSample: false,
    ...fusionFrame(said),
  }
}

/** One in this many intents of a settled population is still open. */
const OPEN_ONE_IN = 20

/** One event each of the intents `from` to `until`, none of them over: the most that a console has to hold. */
export function openEvents(from: number, until: number): RawEvent[] {
  return Array.from({ length: until - from }, (_, index) => {
    const intent = from + index
    return fusionEvent({ intent, step: intent % 5, atMs: START_MS + intent * STEP_MS })
  })
}

/** One event each of the intents `from` to `until`, most of them long over, as a store is after months. */
export function settledEvents(from: number, until: number): RawEvent[] {
  return Array.from({ length: until - from }, (_, index) => {
    const intent = from + index
    const step = intent % OPEN_ONE_IN === 0 ? Math.floor(intent / OPEN_ONE_IN) % 5 : 5
    return fusionEvent({ intent, step, atMs: START_MS + intent * STEP_MS })
  })
}
