import { z } from 'zod'
import { comparableId } from '../../../../shared/intent/ids.ts'
import type { Condition, Given, Verdict } from '../../command.ts'
import { met, unknown, unmet, utc } from '../../kit/verdict.ts'
import { fusionVocabulary } from '../vocabulary.ts'
import { chainId } from './fields.ts'

// Source: docs/reference/intent-schema, the body that the submit end point takes.

/** Most digits of a number of 256 bits. */
const MOST_DIGITS = 78

const digits = z
  .string({ error: 'has to be a text of decimal digits' })
  .regex(/^\d+$/, 'has to be decimal digits')
  .max(MOST_DIGITS, `has at most ${MOST_DIGITS} digits`)

const name = z
  .string({ error: 'has to be a text' })
  .min(1, 'must not be empty')
  .max(200, 'has at most 200 characters')

/** An intent as a maker has signed it, in the order in which the fields are documented. */
export const signedIntent = z.strictObject({
  intentId: z
    .string({ error: 'has to be a text' })
    .regex(/^0x[0-9a-f]{64}$/i, 'has to be 0x and 64 hex digits'),
  sender: name,
  fromChain: chainId,
  toChain: chainId,
  fromToken: name,
  toToken: name,
  amount: digits,
  minAmountOut: digits,
  recipient: name,
  nonce: digits,
  deadline: z
    .number({ error: 'has to be a number of unix seconds' })
    .int('has to be whole seconds')
    .positive('has to be unix seconds'),
  signature: z
    .string({ error: 'has to be a text' })
    .regex(/^0x(?:[0-9a-f]{2})+$/i, 'has to be 0x and hex digits'),
  shielded: z.boolean({ error: 'has to be true or false' }).optional(),
})

/** An intent as a maker has signed it. */
export type SignedIntent = z.infer<typeof signedIntent>

type Check = Condition<Given<SignedIntent>>

/** A route manifest of the backend decides, which the console does not have; some routes are known to be refused. */
export const chainsServed: Check = {
  name: 'chains served',
  check: ({ input: { fromChain, toChain } }) => {
    const odd = [fromChain, toChain].find((chain) => familyOf(chain) === null)
    if (odd !== undefined) return unknown(`Chain ${odd} is not among those that the backend documents.`)
    if (fromChain !== toChain) return met()
    return familyOf(fromChain) === 'evm'
      ? unknown('Both ends are on one chain; whether the backend takes that is not documented.')
      : unmet('Both ends are on one chain, and the backend takes that on no chain but EVM ones.')
  },
}

/** The maker in the form of the source's family. */
export const senderCanonical: Check = {
  name: 'sender canonical',
  check: ({ input: { sender, fromChain } }) => canonical(sender, fromChain),
}

/** The recipient in the form of the destination's family: another form pays the wrong party. */
export const recipientCanonical: Check = {
  name: 'recipient canonical',
  check: ({ input: { recipient, toChain } }) => canonical(recipient, toChain),
}

/** Both amounts of the intent. */
export const amountsAboveZero: Check = {
  name: 'amounts above zero',
  check: ({ input: { amount, minAmountOut } }) => {
    if (BigInt(amount) === 0n) return unmet('The amount is 0.')
    return BigInt(minAmountOut) === 0n
      ? unknown('The least amount out is 0, so that any payout would do: is that what the maker wants?')
      : met()
  },
}

/** The year 5138 in seconds, 1973 in milliseconds: beyond it a number is no time in seconds. */
const LATEST_S = 1e11

/** The deadline that the maker signed, unix seconds. */
export const deadlineAheadOf: Check = {
  name: 'deadline ahead',
  check: ({ input: { deadline }, nowMs }) => {
    const atMs = deadline * 1_000
    if (deadline > LATEST_S)
      return unmet('It is no time in unix seconds, which is what is signed: are these milliseconds?')
    return nowMs < atMs ? met(`It passes ${utc(atMs)}.`) : unmet(`The signed deadline passed ${utc(atMs)}.`)
  },
}

/** What the backend has taken already, nothing is promised about a second time. */
export const notKnownYet: Check = {
  name: 'intent not known yet',
  check: ({ intent, input: { intentId } }) => {
    const isIt = intent?.aliases.some(({ value }) => comparableId(value) === comparableId(intentId)) ?? false
    if (intent === null || !isIt || intent.status === '') return met()
    return unmet(`The backend has this intent already and calls it “${intent.status}”.`)
  },
}

/** The family of a chain; null for one that is not documented. */
export function familyOf(chain: number): 'evm' | 'midnight' | null {
  const family = fusionVocabulary.chains[String(chain)]?.family
  return family === 'evm' || family === 'midnight' ? family : null
}

function canonical(address: string, chain: number): Verdict {
  switch (familyOf(chain)) {
    case 'evm':
      return /^0x[0-9a-f]{40}$/i.test(address)
        ? met()
        : unmet(`“${address}” is no EVM address: 0x and 40 hex digits are wanted.`)
    case 'midnight':
      return /^(?:0x)?[0-9a-f]{64}$/i.test(address)
        ? met()
        : unmet(
            `“${address}” is not the canonical form of a Midnight address, 64 hex digits; the form for display fails settlement or pays the wrong party.`,
          )
    case null:
      return unknown(`What an address on chain ${chain} looks like is not documented.`)
  }
}
