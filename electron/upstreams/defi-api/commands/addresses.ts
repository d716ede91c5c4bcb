import type { Verdict } from '../../command.ts'
import { unknown, unmet } from '../../kit/verdict.ts'
import { viem } from '../../kit/viem.ts'
import { defiVocabulary } from '../vocabulary.ts'

/** How addresses are written: Tron's in base58 with a T in front, Solana's as the base58 of 32 bytes. */
const FORMS: Record<string, (address: string) => boolean> = {
  evm: (address) => viem().isAddress(address),
  tron: (address) => /^T[1-9A-HJ-NP-Za-km-z]{33}$/.test(address),
  solana: (address) => /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(address),
}

/** What is wrong with an address on a network, or why it cannot be told; null when nothing is. `what` begins the sentence. */
export function addressProblem(what: string, address: string, network: number | null): Verdict | null {
  if (network === null)
    return unknown('Without the answer of the quote the networks are not known, nor their addresses.')
  const chain = defiVocabulary.chains[String(network)]
  const fits = chain === undefined ? undefined : FORMS[chain.family]
  if (chain === undefined || fits === undefined)
    return unknown(`How addresses of network ${network} are written is not known here.`)
  return fits(address) ? null : unmet(`${what} ${address} is no address of ${chain.name}.`)
}
