import { PHASES } from '../../../shared/intent/phase.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'

// The chains' documented finality is at most 60 s; the routes' policy timelocks are 2,700 s at the source and 900 s at
// the destination (docs/reference/chains-and-timelocks). Where nothing is documented, the wait below says its reason.
const MINUTE_MS = 60_000

/** One on-chain proof check needs finality (60 s) once or twice; more than five minutes is not that any more. */
const PROOF_WAIT_MS = 5 * MINUTE_MS

/** Matching is the coordinator's own queue: minutes, not tens of them. */
const MATCH_WAIT_MS = 5 * MINUTE_MS

/** From match to the request for a lock only the coordinator works. */
const HAND_OVER_WAIT_MS = 3 * MINUTE_MS

/** A person signs and one transaction becomes final; the same quarter of an hour that the destination's timelock gives. */
const SOURCE_LOCK_WAIT_MS = 15 * MINUTE_MS

/** The destination's timelock: after it the solver may take its own lock back, so nothing normal is left to wait for. */
const EXECUTION_WAIT_MS = 15 * MINUTE_MS

/** The Fusion backend's public words (docs/reference/websocket-events calls them "common values": the list is open). */
export const fusionVocabulary: Vocabulary = {
  words: [
    {
      status: 'proofs_pending',
      phase: 'created',
      rank: 0,
      label: 'Proofs pending',
      meaning: 'The signed intent was accepted and its proofs are being checked; no funds are locked.',
      nextActor: 'coordinator',
      then: 'The coordinator checks the proofs; if it never does, no funds move and the intent ends with its deadline.',
      tell: 'Your request has arrived and is being checked. No funds have moved.',
      normalWaitMs: PROOF_WAIT_MS,
    },
    {
      status: 'proofs_verified',
      phase: 'open',
      rank: 1,
      label: 'Proofs verified',
      meaning: 'The intent is valid and waits for a solver to take it; no funds are locked.',
      nextActor: 'solver',
      then: 'A solver takes the intent; if none does, no funds move and the intent ends with its deadline.',
      tell: 'Your request is valid and we are looking for a counterparty. No funds have moved.',
      normalWaitMs: MATCH_WAIT_MS,
    },
    {
      status: 'matched',
      phase: 'matched',
      // The same place as proofs_verified: the documentation tells them in either order.
      rank: 1,
      label: 'Matched',
      meaning: 'A solver has taken the intent; no funds are locked yet.',
      nextActor: 'coordinator',
      then: 'The coordinator asks for the source lock; if it never does, no funds move.',
      tell: 'A counterparty has been found. Your funds have not moved yet.',
      normalWaitMs: HAND_OVER_WAIT_MS,
    },
    {
      status: 'waiting_for_source_lock',
      phase: 'locking',
      rank: 3,
      label: 'Waiting for source lock',
      meaning: 'The maker has to lock the funds on the source chain; a lock may already be on its way.',
      nextActor: 'maker',
      then: 'The maker signs and sends the lock; if the lock never comes, nothing moves, and a lock that did come returns after the source timelock.',
      tell: 'Please confirm the transfer in your wallet. If you already did, it is waiting to become final.',
      normalWaitMs: SOURCE_LOCK_WAIT_MS,
    },
    {
      status: 'executing',
      phase: 'executing',
      rank: 4,
      label: 'Executing',
      meaning:
        'The source funds are locked; the solver locks the destination and both sides are being claimed.',
      nextActor: 'solver',
      then: 'The solver locks and the destination is paid out; if not, the maker may take the source lock back after the source timelock.',
      tell: 'Your funds are locked for the swap and protected by a time limit: you receive the swap, or can take them back after it.',
      normalWaitMs: EXECUTION_WAIT_MS,
    },
    {
      status: 'completed',
      phase: 'completed',
      rank: 5,
      label: 'Completed',
      meaning: 'The backend says that the swap is done on both chains.',
      nextActor: 'nobody',
      then: 'Nothing more happens.',
      tell: 'Your swap is complete.',
      normalWaitMs: null,
    },
    {
      status: 'failed',
      phase: 'failed',
      rank: 5,
      label: 'Failed',
      meaning: 'The swap will not happen; funds that were locked are not back merely because of this word.',
      nextActor: 'maker',
      then: 'Locked source funds can be refunded after the source timelock; without a lock nothing has to be done.',
      tell: 'The swap did not go through. If your funds were locked, they can be taken back after the time limit; we are checking.',
      normalWaitMs: null,
    },
  ],
  stages: [
    { label: 'Proofs', statuses: ['proofs_pending'] },
    { label: 'Verified', statuses: ['proofs_verified'] },
    { label: 'Matched', statuses: ['matched'] },
    { label: 'Source lock', statuses: ['waiting_for_source_lock'] },
    { label: 'Executing', statuses: ['executing'] },
    { label: 'Completed', statuses: ['completed'] },
  ],
  // docs/reference/chains-and-timelocks; testnets only.
  chains: {
    '421614': { name: 'Arbitrum Sepolia', family: 'evm' },
    '84532': { name: 'Base Sepolia', family: 'evm' },
    '2147483647': { name: 'Midnight Preprod', family: 'midnight' },
  },
  // `mempool:stats`. The backend does not define its counters, so this goes by their names: a wait for the source lock
  // has none of its own and is taken as part of `matched`.
  counters: {
    total: PHASES,
    submitted: ['created', 'open'],
    matched: ['matched', 'locking'],
    executing: ['executing'],
    completed: ['completed'],
    failed: ['failed'],
    cancelled: ['cancelled'],
  },
}
