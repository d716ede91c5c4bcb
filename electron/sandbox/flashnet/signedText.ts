import { secp256k1 } from '@noble/curves/secp256k1.js'
import { blake3 } from '@noble/hashes/blake3.js'
import { LosslessNumber, stringify } from 'lossless-json'
import { createHash } from 'node:crypto'
import type { Hex, TransactionSerializableEIP1559 } from 'viem'
import { keccak256, parseTransaction, recoverAddress, serializeTransaction } from 'viem/utils'

/** A JSON object, every number of it with all its digits. */
export type Fields = Record<string, unknown>

/** Whether a DER signature in hex is by a key over the SHA-256 of a text. */
export function isSignatureOf(signature: string, text: string, publicKey: string): boolean {
  try {
    const digest = createHash('sha256').update(text, 'utf8').digest()
    return secp256k1.verify(secp256k1.Signature.fromDER(signature), digest, publicKey)
  } catch {
    return false
  }
}

/** The text that a signature is over (4.1 and, for the generation with a nonce, 4.2 of the contract page). */
export function signedTextOf(body: Fields): string {
  const { chainId, expiresAt, nonce } = body
  const isOld = nonce !== undefined
  const transfers = depositsOf(body).map(isOld ? oldTransfer : transfer)
  return (
    stringify({ chainId, transfers, action: actionOf(body), ...(isOld ? { nonce } : {}), expiresAt }) ?? ''
  )
}

/** The id of what a body of the second generation says (4.3), 64 hex digits. Fails when a transaction in it is none. */
export async function contentIdOf(body: Fields): Promise<string> {
  const { chainId, evmTransaction, clawback } = body
  const raw = textOf(evmTransaction) as Hex
  const recipient =
    evmTransaction === undefined ? textOf(body['recipient'] ?? `0x${'0'.repeat(40)}`) : await senderOf(raw)
  const deposits = depositsOf(body)
  const action =
    clawback !== undefined
      ? `02${tagged(String((clawback as Fields)['sparkTxid']))}`
      : evmTransaction === undefined
        ? '00'
        : `01${hexOf(blake3(Buffer.from(raw.slice(2), 'hex')))}`
  const text = [
    hexOf(Buffer.from('FLASHNET_INTENT_V2')),
    padded(BigInt(String(chainId)), 16),
    recipient.slice(2).toLowerCase(),
    padded(BigInt(deposits.length), 8),
    ...deposits.map(depositText),
    action,
  ].join('')
  return hexOf(blake3(Buffer.from(text, 'hex')))
}

/** Who signed a raw transaction. Fails when it is none. */
async function senderOf(raw: Hex): Promise<string> {
  const { r, s, yParity, ...unsigned } = parseTransaction(raw as `0x02${string}`)
  if (r === undefined || s === undefined || yParity === undefined)
    throw new Error('the transaction is not signed')
  const hash = keccak256(serializeTransaction(unsigned as TransactionSerializableEIP1559))
  return recoverAddress({ hash, signature: { r, s, yParity } })
}

/** The deposits of a body, none where it names none. */
export function depositsOf({ deposits }: Fields): Fields[] {
  return Array.isArray(deposits) ? (deposits as Fields[]) : []
}

function transfer({ sparkTransferId, amount, asset, depositProof }: Fields): Fields {
  return { transferId: sparkTransferId, amount, asset, depositProof }
}

function oldTransfer({ sparkTransferId, amount, asset }: Fields): Fields {
  const { type, tokenId } = asset as Fields
  const head = { transferId: sparkTransferId, amountSats: amount }
  return type === 'btc' ? { ...head, assetType: 'NativeSats' } : { ...head, assetType: 'SparkToken', tokenId }
}

function actionOf({ recipient, evmTransaction, clawback }: Fields): Fields {
  if (recipient !== undefined) return { type: 'deposit', recipient: textOf(recipient).toLowerCase() }
  if (evmTransaction !== undefined)
    return { type: 'execute', signedTxHash: keccak256(textOf(evmTransaction) as Hex) }
  const id = String((clawback as Fields)['sparkTxid'])
  const bytes = [...Buffer.from(id, 'hex')].map((byte) => new LosslessNumber(String(byte)))
  return { type: 'clawback', sparkTxid: id.length === 32 ? { Bitcoin: bytes } : { Token: bytes } }
}

function depositText({ sparkTransferId, amount, asset }: Fields): string {
  const { type, tokenId } = asset as Fields
  const ofAsset = type === 'NATIVE_SATS' ? '0000' : `0101${String(tokenId).slice(2)}`
  return tagged(String(sparkTransferId)) + padded(BigInt(String(amount)), 64) + ofAsset
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function tagged(id: string): string {
  return (id.length === 32 ? '00' : '01') + id
}

function padded(value: bigint, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
