import type { BareFusion } from '../bareFusion.ts'

/** The request that prepares a refund. */
export const PREPARE_REFUND = 'POST /api/midnight/refund/prepare'

/** Midnight's chain id: where the refund end points of the Fusion backend are at home. */
const MIDNIGHT = 2_147_483_647
/** Long over, unix seconds. */
const TIMELOCK_SEC = 1_700_000_000

/** Makes a failed intent whose refund has opened known to the console and answers its id; `number` tells it from others. */
export function newRefundable(fusion: BareFusion, number: number): string {
  const intentId = `0x${String(number).padStart(2, '0').repeat(32)}`
  const intent = {
    intentId,
    status: 'failed',
    fromChain: MIDNIGHT,
    toChain: 84_532,
    amount: '45470000',
    createdAt: new Date(TIMELOCK_SEC * 1_000 - 600_000).toISOString(),
    updatedAt: new Date(TIMELOCK_SEC * 1_000 - 300_000).toISOString(),
    htlcState: { source: { state: 'locked', timelock: TIMELOCK_SEC }, destination: null },
    txHashes: { sourceLock: `0x${'62'.repeat(32)}` },
    error: 'DESTINATION_LOCK_FAILED',
  }
  fusion.intents.set(intentId, JSON.stringify(intent))
  fusion.say('intent:failed', { intentId, error: 'DESTINATION_LOCK_FAILED' })
  return intentId
}

/** Has a backend take every request to prepare a refund. */
export function acceptRefunds(fusion: BareFusion): void {
  fusion.answer = (request, response) => {
    if (`${request.method ?? ''} ${request.url ?? ''}` !== PREPARE_REFUND) return false
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ refundSessionId: 'refund-1' }))
    return true
  }
}
