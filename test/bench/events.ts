import { connectionId } from '../../shared/intent/ids.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

/** A fixed instant, so that two runs write the same bytes. */
const START_MS = 1_795_000_000_000

const STATUSES = [
  'proofs_pending',
  'proofs_verified',
  'matched',
  'waiting_for_source_lock',
  'executing',
  'completed',
]

/** `count` events of Fusion's wire about `intentCount` intents, each walking through its stages; about 640 bytes each. */
export function fusionEvents(count: number, intentCount: number): RawEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const intent = index % intentCount
    const step = Math.min(Math.floor(index / intentCount), STATUSES.length - 1)
    const atMs = START_MS + index * 10
    const id = `0x${(intent * 2_654_435_761 + 1).toString(16).padStart(64, '0')}`
    const payload = {
      intentId: id,
      status: STATUSES[step],
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
    return {
      connection: connectionId('bench'),
      system: 'fusion',
      kind: step === 0 ? 'intent:new' : 'intent:status_changed',
      origin: 'push',
      receivedAtMs: atMs + 20,
      payload: JSON.stringify(payload),
      isSample: false,
    }
  })
}
