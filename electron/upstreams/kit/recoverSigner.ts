import type { Hex } from 'viem'
import { unknown } from './verdict.ts'
import { viem } from './viem.ts'

/** Typed data as a wallet was asked to sign it (EIP-712); integers are numbers or decimal digits. */
interface TypedData {
  domain: Record<string, unknown>
  /** Names and types of the fields of each struct, with or without `EIP712Domain`. */
  types: Record<string, { name: string; type: string }[]>
  primaryType: string
  message: Record<string, unknown>
}

/** Hex digits of a signature by one key: r, s and v. */
const KEY_SIGNATURE = /^0x[0-9a-f]{130}$/i

/** What can be told of a signature that is not one key's own. */
export const NOT_BY_ONE_KEY = unknown(
  'It is not the signature of one key; that of a contract wallet only its chain can check.',
)

/** Whether a signature can be one key's own; a contract wallet's has another length, and only its chain can check it. */
export function isKeySignature(signature: string): boolean {
  return KEY_SIGNATURE.test(signature)
}

/** The address whose key signed; null where that cannot be told: the data or the signature is of another kind. */
export async function recoverSigner(data: TypedData, signature: string): Promise<string | null> {
  if (!isKeySignature(signature)) return null
  const { EIP712Domain: _own, ...types } = data.types
  try {
    return await viem().recoverTypedDataAddress({ ...data, types, signature: signature as Hex })
  } catch {
    return null
  }
}
