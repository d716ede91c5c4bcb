/** The ordinary way of an intent through Fusion's words. */
export const FUSION_WAY = [
  'proofs_pending',
  'proofs_verified',
  'matched',
  'waiting_for_source_lock',
  'executing',
  'completed',
]
