import type { Life } from './life.ts'
import type { Wish, WorldIntent } from './intent.ts'

/** An intent as it stands in the moment of its submission. Times are epoch milliseconds. */
export function newborn(wish: Wish, life: Life, times: { atMs: number; deadlineAtMs: number }): WorldIntent {
  return {
    ...wish,
    id: wish.clientId,
    stage: life.begins,
    proof: life.begins === 'verified' ? 'verified' : 'pending',
    solver: null,
    createdAtMs: times.atMs,
    updatedAtMs: times.atMs,
    proofGeneratedAtMs: null,
    matchedAtMs: null,
    completedAtMs: null,
    deadlineAtMs: times.deadlineAtMs,
    locks: { source: null, destination: null },
    confirmations: 0,
    error: null,
    failureReason: null,
    isRemoved: false,
  }
}
