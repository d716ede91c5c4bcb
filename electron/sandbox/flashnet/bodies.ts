import type { Stage, Submission } from './life.ts'
import type { Mood } from './mood.ts'

/** The chain of the gateway’s contract, as in every published example. */
export const CHAIN_ID = 21_022

/** The four words of the second generation. */
const WORDS: Record<Stage, string> = {
  oracle: 'ACCEPTED',
  accepted: 'ACCEPTED',
  included: 'INCLUDED_PENDING_FINALITY',
  finalized: 'FINALIZED',
  expired: 'EXPIRED',
}

/** The six of the first; what was never carried out it called rejected. */
const OLD_WORDS: Record<Stage, string> = {
  oracle: 'oracle_pending',
  accepted: 'accepted',
  included: 'included_pending_finality',
  finalized: 'finalized',
  expired: 'rejected',
}

/** Body of `GET /api/v1/intents/{submissionId}`; neither deadline nor deposits nor signer are in it. */
export function submissionBody(
  submission: Submission,
  stage: Stage,
  isOld: boolean,
): Record<string, unknown> {
  const { submissionId, intentId, createdAtMs, updatedAtMs, statusMessage, executionTxHash } = submission
  const isTimeout = /expire/i.test(statusMessage ?? '')
  const oldWord = stage === 'expired' && isTimeout ? 'expired' : OLD_WORDS[stage]
  const body: Record<string, unknown> = {
    submissionId,
    intentId: isOld ? `0x${intentId}` : intentId,
    status: isOld ? oldWord : WORDS[stage],
    createdAt: new Date(createdAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
  }
  // The page says null, the SDK says absent.
  if (statusMessage !== null || isOld) body['statusMessage'] = statusMessage
  if (executionTxHash !== null || isOld) body['executionTxHash'] = executionTxHash
  return body
}

/** Body of `GET /api/v1/network/info`. */
export function networkBody({ isPaused, rekeyCount }: Mood): unknown {
  return {
    spark: {
      depositAddress: `sprt1pgssx5n7xq0w3yzk4e6v8sandbox${'q'.repeat(rekeyCount)}`,
      network: 'REGTEST',
    },
    execution: { contractAddress: '0x4c7d5e0a9b1f23c84d6e7fa0b1c2d3e4f5a6b7c8', chainId: CHAIN_ID },
    paused: isPaused,
    minDepositSats: 1_000,
  }
}
