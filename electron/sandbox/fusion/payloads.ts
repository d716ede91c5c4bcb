import type { Lock, Proof, Stage, WorldIntent } from '../world/intent.ts'
import { INTERNAL_WORD, PUBLIC_WORD } from './words.ts'

/** Payload of `intent:status` and `intent:new`: instants in ISO 8601, but `timestamp`, when it was sent, in milliseconds. */
export function statusPayload(intent: WorldIntent, nowMs: number): Record<string, unknown> {
  return {
    intentId: intent.id,
    status: PUBLIC_WORD[intent.stage],
    proofStatus: intent.proof,
    solver: intent.solver?.address ?? null,
    fromChain: intent.route.from.chainId,
    toChain: intent.route.to.chainId,
    amount: intent.amount,
    createdAt: iso(intent.createdAtMs),
    updatedAt: iso(intent.updatedAtMs),
    matchedAt: iso(intent.matchedAtMs),
    completedAt: iso(intent.completedAtMs),
    htlcState: htlcState(intent),
    txHashes: transactionHashes(intent),
    error: intent.error,
    failureReason: intent.failureReason,
    timestamp: nowMs,
  }
}

/** Payload of `intent:status_changed`: the same and the stage before, in the internal vocabulary. */
export function changedPayload(intent: WorldIntent, before: Stage, nowMs: number): Record<string, unknown> {
  return { ...statusPayload(intent, nowMs), oldStatus: INTERNAL_WORD[before] }
}

/** Payload of `intent:proof` and `intent:proof_changed`. */
export function proofPayload(intent: WorldIntent, before: Proof, nowMs: number): Record<string, unknown> {
  return {
    intentId: intent.id,
    proofStatus: intent.proof,
    oldProofStatus: before,
    proofGeneratedAt: iso(intent.proofGeneratedAtMs),
    timestamp: nowMs,
  }
}

/** Payload of `mempool:stats`. There is no counter for proofs, so the parts need not add up to the total. */
export function statsPayload(tally: Readonly<Record<Stage, number>>): Record<string, number> {
  return {
    total: Object.values(tally).reduce((sum, count) => sum + count, 0),
    submitted: tally.submitted + tally.verified,
    matched: tally.matched + tally.locking,
    executing: tally.executing + tally.settlingShielded,
    completed: tally.completed,
    failed: tally.failed,
    cancelled: tally.cancelled,
  }
}

/** An instant of the story in ISO 8601; null when it has not come. */
export function iso(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString()
}

/** A string while nothing is locked, an object from then on, as grown systems do. */
function htlcState({ locks, confirmations }: WorldIntent): unknown {
  if (!locks.source) return 'none'
  return {
    source: { ...lockState(locks.source), confirmations },
    destination: locks.destination ? lockState(locks.destination) : null,
  }
}

/** Timelocks are unix seconds, as contracts have them. */
function lockState(lock: Lock): Record<string, unknown> {
  const words = { claim: 'claimed', refund: 'refunded' }
  return {
    state: lock.spent ? words[lock.spent.by] : 'locked',
    timelock: Math.floor(lock.timelockAtMs / 1_000),
  }
}

function transactionHashes({ locks: { source, destination } }: WorldIntent): Record<string, string> {
  const hashes: Record<string, string> = {}
  if (source) hashes['sourceLock'] = source.transaction
  if (destination) hashes['destinationLock'] = destination.transaction
  if (destination?.spent?.by === 'claim') hashes['destinationWithdraw'] = destination.spent.transaction
  if (destination?.spent?.by === 'refund') hashes['destinationRefund'] = destination.spent.transaction
  if (source?.spent?.by === 'claim') hashes['sourceClaim'] = source.spent.transaction
  if (source?.spent?.by === 'refund') hashes['sourceRefund'] = source.spent.transaction
  return hashes
}
