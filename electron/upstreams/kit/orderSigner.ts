import type { Hex } from 'viem'
import type { Verdict } from '../command.ts'
import { orderHashOf } from './limitOrder.ts'
import type { SignedOrder } from './signedOrder.ts'
import { met, unknown, unmet } from './verdict.ts'
import { viem } from './viem.ts'

/** Lengths of a signature by a key, bytes: with and without its parity in a byte of its own (EIP-2098). */
const KEY_SIGNATURE_BYTES = 65
const COMPACT_SIGNATURE_BYTES = 64
const PARITY_BIT = 1n << 255n

/** Chains on which such orders exist (contract page of 1inch, section 1.1): the signature may be for another of them. */
const CHAINS = [
  1, 10, 25, 56, 100, 130, 137, 143, 146, 250, 324, 999, 4_663, 5_042, 8_453, 42_161, 43_114, 59_144,
]

/** Whether the maker’s own key signed an order for a chain; says for which other, where it was that. */
export async function signerVerdict(signed: SignedOrder, chainId: number): Promise<Verdict> {
  const { order, signature, isMakerContract } = signed
  if (isMakerContract === true)
    return unknown(
      'The maker is said to be a contract: only its chain can tell whether it takes this signature.',
    )
  const length = (signature.length - 2) / 2
  if (length !== KEY_SIGNATURE_BYTES && length !== COMPACT_SIGNATURE_BYTES)
    return unknown(`A signature of ${length} bytes is not by a key: only a contract could take it.`)
  const signer = await signerOf(signed, chainId)
  if (signer === null) return unmet('The signature cannot be read: it belongs to no key at all.')
  if (isSame(signer, order.maker)) return met(`By ${order.maker}, for chain ${chainId}.`)
  for (const other of CHAINS) {
    if (other !== chainId && isSame(await signerOf(signed, other), order.maker))
      return unmet(
        `The maker signed this order for chain ${other}, and it is to be sent for chain ${chainId}.`,
      )
  }
  return unmet(
    `The signature is by ${signer}, the order’s maker is ${order.maker}: either the order was changed after signing, or the maker is a contract, which has to be said.`,
  )
}

/** The address whose key signed; null when the signature is that of no key. */
async function signerOf({ order, signature }: SignedOrder, chainId: number): Promise<string | null> {
  const { recoverAddress } = viem()
  try {
    return await recoverAddress({ hash: orderHashOf(order, chainId), signature: wholeSignature(signature) })
  } catch {
    return null
  }
}

/** A compact signature has its parity in the highest bit of its second word. */
function wholeSignature(signature: string): Hex | { r: Hex; s: Hex; yParity: number } {
  if ((signature.length - 2) / 2 !== COMPACT_SIGNATURE_BYTES) return signature as Hex
  const second = BigInt(`0x${signature.slice(-64)}`)
  const s = viem().numberToHex(second & (PARITY_BIT - 1n), { size: 32 })
  return { r: signature.slice(0, 66) as Hex, s, yParity: second >= PARITY_BIT ? 1 : 0 }
}

function isSame(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase()
}
