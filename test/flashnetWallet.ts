import { secp256k1 } from '@noble/curves/secp256k1.js'
import { createHash } from 'node:crypto'
import { keccak256, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** The chain of every published example. */
export const CHAIN_ID = 21_022

/** What stands for a proof where there is none. */
const NO_PROOF = { payloadBytes: '0x', signature: '0x' }

/** A deposit of the second generation: 100,000 sats. */
export const SATS = {
  sparkTransferId: 'a1b2c3d4e5f60718a1b2c3d4e5f60718',
  amount: '0x186a0',
  asset: { type: 'NATIVE_SATS' },
  depositProof: NO_PROOF,
}

/** A deposit of the second generation: 2,500 base units of a token. */
export const TOKENS = {
  sparkTransferId: '0f'.repeat(32),
  amount: '0x9c4',
  asset: { type: 'SPARK_TOKEN', tokenId: `0x${'1a'.repeat(32)}` },
  depositProof: { payloadBytes: '0xdeadbeef', signature: `0x${'ab'.repeat(64)}` },
}

/** What a wallet hands out: the body of `POST /api/v1/execute`, and beside it the key that signed. */
export interface SignedFile extends Record<string, unknown> {
  signature: string
  publicKey: string
  expiresAt: number
}

interface Content {
  deposits?: (typeof SATS)[]
  /** As it is signed, and as it is sent. */
  action: object
  body: object
}

/** A wallet that signs as the contract page says (4.1, 4.2), written apart from everything of the console. */
export function flashnetWallet(key: string) {
  const publicKey = Buffer.from(secp256k1.getPublicKey(key)).toString('hex')

  function sign(message: string): { signature: string; publicKey: string } {
    const digest = createHash('sha256').update(message, 'utf8').digest()
    return { signature: secp256k1.sign(digest, key).toDERHex(), publicKey }
  }

  function proofFile(expiresAt: number, { deposits = [], action, body }: Content): SignedFile {
    const transfers = deposits.map(({ sparkTransferId, ...rest }) => ({
      transferId: sparkTransferId,
      ...rest,
    }))
    const message = JSON.stringify({ chainId: CHAIN_ID, transfers, action, expiresAt })
    return { chainId: CHAIN_ID, deposits, ...body, expiresAt, ...sign(message) }
  }

  return {
    publicKey,
    /** Deposits for a recipient. */
    deposit: (expiresAt: number, recipient: string, deposits: (typeof SATS)[] = [SATS]): SignedFile =>
      proofFile(expiresAt, {
        deposits,
        action: { type: 'deposit', recipient: recipient.toLowerCase() },
        body: { recipient },
      }),
    /** A signed transaction, run on deposits. */
    execute: (expiresAt: number, evmTransaction: Hex): SignedFile => {
      const action = { type: 'execute', signedTxHash: keccak256(evmTransaction) }
      return proofFile(expiresAt, { action, body: { evmTransaction } })
    },
    /** A transfer back to its sender. */
    clawback: (expiresAt: number, sparkTxid: string): SignedFile => {
      const bytes = [...Buffer.from(sparkTxid, 'hex')]
      const id = bytes.length === 16 ? { Bitcoin: bytes } : { Token: bytes }
      return proofFile(expiresAt, {
        action: { type: 'clawback', sparkTxid: id },
        body: { clawback: { sparkTxid } },
      })
    },
    /** A deposit of sats in the first generation; the amount in decimal digits, however many. */
    nonceDeposit: (
      expiresAt: number,
      recipient: string,
      { nonce, sats }: { nonce: string; sats: string },
    ) => {
      const { sparkTransferId } = SATS
      const transfer = `{"transferId":"${sparkTransferId}","amountSats":${sats},"assetType":"NativeSats"}`
      const action = JSON.stringify({ type: 'deposit', recipient: recipient.toLowerCase() })
      const message = `{"chainId":${CHAIN_ID},"transfers":[${transfer}],"action":${action},"nonce":"${nonce}","expiresAt":${expiresAt}}`
      const deposits = [{ sparkTransferId, amount: sats, asset: { type: 'btc' } }]
      return { chainId: CHAIN_ID, deposits, recipient, nonce, expiresAt, ...sign(message) }
    },
    /** A transaction of the same identity, raw. */
    evmTransaction: (chainId = CHAIN_ID, fee = 0n): Promise<Hex> =>
      privateKeyToAccount(`0x${key}`).signTransaction({
        type: 'eip1559',
        chainId,
        nonce: 3,
        gas: 100_000n,
        maxFeePerGas: fee,
        maxPriorityFeePerGas: fee,
        to: `0x${'4c'.repeat(20)}`,
        data: '0x1f2a2005',
      }),
    /** The address of the identity, lower case. */
    address: privateKeyToAccount(`0x${key}`).address.toLowerCase(),
  }
}
