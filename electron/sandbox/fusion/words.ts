import type { Stage } from '../world/intent.ts'

/** The public status of each stage. `settling_shielded` is described nowhere: the list of words is not closed. */
export const PUBLIC_WORD: Readonly<Record<Stage, string>> = {
  submitted: 'proofs_pending',
  verified: 'proofs_verified',
  matched: 'matched',
  locking: 'waiting_for_source_lock',
  executing: 'executing',
  settlingShielded: 'settling_shielded',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
}

/** The coordinator's own words, which it lets out in `oldStatus`: another vocabulary. */
export const INTERNAL_WORD: Readonly<Record<Stage, string>> = {
  submitted: 'SUBMITTED',
  verified: 'PROOF_ACCEPTED',
  matched: 'SOLVER_ASSIGNED',
  locking: 'AWAITING_SOURCE_HTLC',
  executing: 'HTLC_ACTIVE',
  settlingShielded: 'SHIELDED_SETTLEMENT',
  completed: 'SETTLED',
  failed: 'ERRORED',
  cancelled: 'CANCELLED',
}
