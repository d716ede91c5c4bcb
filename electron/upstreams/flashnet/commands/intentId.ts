import { blake3 } from '@noble/hashes/blake3.js'
import { evmBytes, readEvmTransaction } from './evmTransaction.ts'
import type { ProofBody } from './signedBody.ts'

// Source: [R] github.com/flashnetxyz/ts-sdk src/execution/types.ts (29ad8ef). Neither the proofs nor the expiry are part of it.

/** What stands in front of everything that is hashed. */
const DOMAIN = 'FLASHNET_INTENT_V2'

/** Bytes of the id of a BTC transfer; a token transfer has twice as many. */
const BTC_ID_BYTES = 16

/** Bytes of an address of the EVM. */
const ADDRESS_BYTES = 20

/** Tag of each kind of action. */
const ACTIONS = { deposit: 0, execute: 1, clawback: 2 } as const

/** The id of what a body says, by which the gateway tells one content from another: 64 hex digits. */
export function intentIdOf(body: ProofBody): string {
  const { chainId, deposits } = body
  const parts = [
    Buffer.from(DOMAIN, 'ascii'),
    wide(BigInt(chainId), 8),
    Buffer.from(recipientOf(body).slice(2), 'hex'),
    wide(BigInt(deposits.length), 4),
    ...deposits.flatMap(({ sparkTransferId, amount, asset }) => [
      taggedId(sparkTransferId),
      wide(BigInt(amount), 32),
      asset.type === 'NATIVE_SATS' ? Buffer.of(0, 0) : tokenOf(asset.tokenId),
    ]),
    actionOf(body),
  ]
  return Buffer.from(blake3(Buffer.concat(parts))).toString('hex')
}

function recipientOf({ recipient, evmTransaction }: ProofBody): string {
  if (recipient !== undefined) return recipient
  const signer = evmTransaction === undefined ? undefined : readEvmTransaction(evmTransaction)?.signer
  return signer ?? `0x${'00'.repeat(ADDRESS_BYTES)}`
}

function actionOf({ evmTransaction, clawback }: ProofBody): Buffer {
  if (clawback !== undefined)
    return Buffer.concat([Buffer.of(ACTIONS.clawback), taggedId(clawback.sparkTxid)])
  if (evmTransaction === undefined) return Buffer.of(ACTIONS.deposit)
  const raw = Buffer.from(evmBytes(evmTransaction).slice(2), 'hex')
  return Buffer.concat([Buffer.of(ACTIONS.execute), blake3(raw)])
}

function taggedId(id: string): Buffer {
  const bytes = Buffer.from(id, 'hex')
  return Buffer.concat([Buffer.of(bytes.length === BTC_ID_BYTES ? 0 : 1), bytes])
}

function tokenOf(tokenId: string): Buffer {
  return Buffer.concat([Buffer.of(1, 1), Buffer.from(tokenId.slice(2), 'hex')])
}

/** A number in so many bytes, the greatest first. */
function wide(value: bigint, bytes: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex')
}
