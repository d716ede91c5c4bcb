import { connectionId } from '../../shared/intent/ids.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

/** When the histories begin; any instant does, as long as it is the same in every run. */
const BEGIN_MS = Date.UTC(2026, 10, 21, 15)

const WALKS = [
  ['proofs_pending', 'proofs_verified', 'matched', 'waiting_for_source_lock', 'executing', 'completed'],
  ['proofs_pending', 'matched', 'proofs_verified', 'waiting_for_source_lock', 'failed'],
  ['proofs_verified', 'matched', 'executing', 'matched', 'completed'],
  ['matched', 'a word that nobody knows', 'executing'],
]

/** One thing that a backend said, before it is known when it arrives. */
export type Said = Pick<RawEvent, 'kind' | 'payload'>

/** The complete history of a few intents on Fusion's wire, in the order in which it happened; every word has its time. */
export function historyOf(random: () => number): Said[] {
  const intentCount = 1 + Math.floor(random() * 4)
  const lives = Array.from({ length: intentCount }, (_, n) => lifeOf(n, random))
  return lives.flat().sort((one, other) => one.atMs - other.atMs)
}

/** The same, as it arrives in this order, one event every 10 ms. */
export function arriving(said: readonly Said[]): RawEvent[] {
  return said.map(({ kind, payload }, at) => ({
    connection: connectionId('c'),
    system: 'fusion',
    kind,
    origin: 'push',
    receivedAtMs: BEGIN_MS + 3_600_000 + at * 10,
    payload,
    isSample: false,
  }))
}

function lifeOf(n: number, random: () => number): (Said & { atMs: number })[] {
  const intentId = `0x${(n + 1).toString(16).padStart(64, 'b')}`
  const statuses = WALKS[Math.floor(random() * WALKS.length)] ?? []
  const base = {
    intentId,
    fromChain: 84_532,
    toChain: 421_614,
    amount: String(10 ** 6 + n),
    createdAt: BEGIN_MS,
  }
  let atMs = BEGIN_MS + Math.floor(random() * 60_000)
  const life: (Said & { atMs: number })[] = []
  const say = (kind: string, payload: object): void => {
    life.push({ atMs, kind, payload: JSON.stringify(payload) })
  }
  for (const [at, status] of statuses.entries()) {
    atMs += 1_000 + Math.floor(random() * 60_000)
    const told = {
      ...base,
      status,
      updatedAt: atMs,
      timestamp: atMs + 5,
      solver: at < 2 ? null : `solver-${n}`,
      ...(status === 'executing' ? { txHashes: { sourceLock: `0x${'12'.repeat(32)}` } } : {}),
      ...(status === 'failed' ? { failureReason: 'the solver never came' } : {}),
    }
    // One change in two frames: to the intent's room and to the room of all.
    if (at === 0) say('intent:new', told)
    else say('intent:status_changed', { ...told, oldStatus: `INTERNAL_${at}`, timestamp: atMs + 6 })
    say('intent:status', told)
    if (random() < 0.5) {
      atMs += 1_000
      say('intent:proof_changed', {
        intentId,
        proofStatus: `step ${at}`,
        proofGeneratedAt: atMs,
        timestamp: atMs,
      })
    }
  }
  atMs += 1_000
  if (random() < 0.3) say('intent:removed', { intentId, timestamp: atMs })
  return life
}
