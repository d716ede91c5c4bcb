import type { TransactionSerializableEIP1559, TransactionSerializedEIP1559 } from 'viem'
import { viem } from '../../kit/viem.ts'
import { curve } from './curve.ts'

/** A signed EVM transaction, as far as it matters who sends it where. */
export interface EvmTransaction {
  /** The address whose key signed it, lower case. */
  signer: string
  chainId: number
  /** Keccak-256 of the raw transaction, 0x and 64 hex digits. */
  hash: string
  /** Whether it offers to pay for gas, which costs nothing there. */
  paysFees: boolean
}

/** Reads a raw signed transaction of EIP-1559, in hex; null for anything else. */
export function readEvmTransaction(raw: string): EvmTransaction | null {
  const { Signature } = curve()
  const { keccak256, parseTransaction, publicKeyToAddress, serializeTransaction } = viem()
  try {
    const serialized = evmBytes(raw) as TransactionSerializedEIP1559
    const { r, s, yParity, ...unsigned } = parseTransaction(serialized)
    if (r === undefined || s === undefined || yParity === undefined || unsigned.type !== 'eip1559')
      return null
    const signed = keccak256(serializeTransaction(unsigned as TransactionSerializableEIP1559)).slice(2)
    const key = new Signature(BigInt(r), BigInt(s)).addRecoveryBit(yParity).recoverPublicKey(signed)
    return {
      signer: publicKeyToAddress(`0x${key.toHex(false)}`).toLowerCase(),
      chainId: unsigned.chainId,
      hash: keccak256(serialized),
      paysFees: [unsigned.maxFeePerGas, unsigned.maxPriorityFeePerGas].some((fee) => (fee ?? 0n) > 0n),
    }
  } catch {
    return null
  }
}

/** A raw transaction as 0x and lower-case hex digits. */
export function evmBytes(raw: string): `0x${string}` {
  return `0x${raw.toLowerCase().replace(/^0x/, '')}`
}
