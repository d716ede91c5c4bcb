import type { Hex, TypedDataDomain } from 'viem'
import { z } from 'zod'

/** Names and types of the fields of each struct, as `eth_signTypedData_v4` writes them. */
export const structs = z.record(z.string(), z.array(z.strictObject({ name: z.string(), type: z.string() })))

/** Structs by name. */
export type Structs = z.infer<typeof structs>

/** An EIP-712 domain; what else stands in it is signed too, so it is refused rather than left out. */
export const signedDomain = z.strictObject({
  name: z.string().optional(),
  version: z.string().optional(),
  chainId: z.coerce.number().int().positive().optional(),
  verifyingContract: z.string().optional(),
  salt: z.string().optional(),
})

/** Typed data as a wallet was asked to sign it. */
export const typedData = z.strictObject({
  domain: signedDomain,
  types: structs,
  primaryType: z.string(),
  message: z.record(z.string(), z.unknown()),
})

/** What a wallet was asked to sign. */
export type TypedData = z.infer<typeof typedData>

/** What helps to check a signature and is not sent. */
export interface Signing {
  domain?: z.infer<typeof signedDomain> | undefined
  types?: Structs | undefined
}

/** Hex digits of a signature by one key: r, s and v. */
const KEY_SIGNATURE = /^0x[0-9a-f]{130}$/i

/** Whether a signature can be one key's own; a contract wallet's has another length, and only its chain can check it. */
export function isKeySignature(signature: string): boolean {
  return KEY_SIGNATURE.test(signature)
}

/** The address whose key signed; null when the data or the signature cannot be such a thing. */
export async function recoverSigner(data: TypedData, signature: string): Promise<string | null> {
  // Loaded when it is needed: reading the journal must not wait for it.
  const { recoverTypedDataAddress } = await import('viem/utils')
  const { EIP712Domain: _own, ...types } = data.types
  try {
    return await recoverTypedDataAddress({
      domain: data.domain as TypedDataDomain,
      types,
      primaryType: data.primaryType,
      message: data.message,
      signature: signature as Hex,
    })
  } catch {
    return null
  }
}
