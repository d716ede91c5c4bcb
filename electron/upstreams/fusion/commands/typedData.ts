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
