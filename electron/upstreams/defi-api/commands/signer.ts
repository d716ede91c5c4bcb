import type { Hex } from 'viem'
import { viem } from '../../kit/viem.ts'
import type { PermitData } from '../permit.ts'

/** Hex digits of a signature by one key: r, s and v. */
const KEY_SIGNATURE = /^0x[0-9a-f]{130}$/i

/** The address whose key signed; null where that cannot be told: the data or the signature is of another kind. */
export async function recoverSigner(data: PermitData, signature: string): Promise<string | null> {
  if (!KEY_SIGNATURE.test(signature)) return null
  const { EIP712Domain: _own, ...types } = data.types
  try {
    return await viem().recoverTypedDataAddress({
      domain: data.domain,
      types,
      primaryType: data.primaryType,
      message: data.message,
      signature: signature as Hex,
    })
  } catch {
    return null
  }
}
