import { secp256k1 } from '@noble/curves/secp256k1.js'
import { createHash } from 'node:crypto'
import type { Answer } from '../kit/answer.ts'
import type { Intake } from './intake.ts'

/** A transfer whose id begins so has not arrived: the sandbox has no Spark of its own. */
const NOT_ARRIVED = '0000'

interface Question {
  intentId?: unknown
  transfers?: { sparkTransferId?: unknown }[]
}

/** `POST /api/v1/verifyDeposit`: a proof or a rejection for every transfer, by its place. */
export function verifyDeposits(text: string, { spender }: Intake): Answer {
  const { intentId, transfers } = JSON.parse(text) as Question
  if (typeof intentId !== 'string' || !/^[0-9a-f]{64}$/.test(intentId))
    return { status: 400, body: 'intentId: 64 hex digits are wanted' }
  if (!Array.isArray(transfers) || transfers.length === 0)
    return { status: 400, body: 'transfers: at least one is wanted' }
  const key = createHash('sha256').update('deposit oracle').digest()
  const proofs: object[] = []
  const rejections: object[] = []
  for (const [index, { sparkTransferId }] of transfers.entries()) {
    const id = String(sparkTransferId).toLowerCase().replace(/^0x/, '').replaceAll('-', '')
    const rejected = id.startsWith(NOT_ARRIVED)
      ? { reason: 'transfer_not_found', message: 'no such transfer has arrived' }
      : spender(id)?.stage === 'finalized'
        ? { reason: 'status_terminal', message: 'the transfer is used' }
        : null
    if (rejected !== null) rejections.push({ index, sparkTransferId, ...rejected })
    else proofs.push({ index, proof: proofOf(key, intentId, id) })
  }
  return { status: 200, body: { proofs, rejections } }
}

function proofOf(key: Uint8Array, intentId: string, transfer: string): object {
  const payload = Buffer.from(intentId + transfer, 'hex')
  const signature = secp256k1.sign(createHash('sha256').update(payload).digest(), key).toCompactHex()
  return { payloadBytes: `0x${payload.toString('hex')}`, signature: `0x${signature}` }
}
