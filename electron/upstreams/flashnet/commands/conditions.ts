import { comparableId } from '../../../../shared/intent/ids.ts'
import type { About, Condition, Given } from '../../command.ts'
import { met, ofIntent, unknown, unmet, utc } from '../../kit/verdict.ts'
import type { FlashnetSettings } from '../index.ts'
import { isFailureWord } from '../vocabulary.ts'
import { readEvmTransaction } from './evmTransaction.ts'
import { intentIdOf } from './intentId.ts'
import { clawedBack, isNonceBody, type SignedBody } from './signedBody.ts'
import { isSignedBy } from './signature.ts'
import { inWords } from './inWords.ts'

/** A check of what was signed. */
type Check = Condition<Given<SignedBody, FlashnetSettings>>

/** Longest time between admission and expiry that the gateway takes, milliseconds [S]. */
const LONGEST_EXPIRY_MS = 24 * 60 * 60_000

/** Proofs of deposits and clawbacks came with the second generation. */
export const proofGeneration: Condition<About<FlashnetSettings>> = {
  name: 'gateway of the second generation',
  check: ({ connection: { settings } }) =>
    settings.wire === 'proof'
      ? met()
      : unmet(
          'The setting `wire` of this connection says “nonce”: the first generation of the gateway does not have it.',
        ),
}

/** A transfer that a final submission used is settled and cannot come back. */
export const notFinal = ofIntent('submission not final', ({ intent }) => {
  const { status, phase, contradictions } = intent
  if (contradictions.some(({ field }) => field === 'status'))
    return unknown('The gateway has said statuses that contradict each other, so it may be final.')
  if (phase === 'completed') return unmet('The submission is final: the transfers that it spends are used.')
  if (isFailureWord(status)) return met()
  return status === ''
    ? unknown('The gateway has said nothing of this submission.')
    : unknown(`The gateway calls it “${status}”: it may still use the transfer, and holds it as long.`)
})

/** What the body looks like has to be what this gateway speaks. */
export const generationFits: Check = {
  name: 'generation of the gateway',
  check: ({ input, connection: { settings } }) => {
    const wire = isNonceBody(input) ? 'nonce' : 'proof'
    return wire === settings.wire
      ? met()
      : unmet(
          `It was signed for the generation of gateways with ${wire === 'nonce' ? 'a nonce' : 'proofs'}, and the setting \`wire\` of this connection says “${settings.wire}”.`,
        )
  },
}

/** One signature holds on one chain. */
export const chainFits: Check = {
  name: 'chain of the gateway',
  check: ({ input: { chainId }, connection: { settings } }) => {
    if (settings.chainId === undefined)
      return unknown(
        `It is for chain ${chainId}; the setting \`chainId\` of this connection does not say its own.`,
      )
    return chainId === settings.chainId
      ? met()
      : unmet(`It was signed for chain ${chainId}, and this gateway is that of chain ${settings.chainId}.`)
  },
}

/** The gateway admits what expires later than now, and within a day. */
export const expiryFits: Check = {
  name: 'expiry within a day',
  check: ({ input: { expiresAt }, nowMs }) => {
    if (nowMs >= expiresAt) return unmet(`It expired ${utc(expiresAt)}; it has to be signed anew.`)
    const opensAtMs = expiresAt - LONGEST_EXPIRY_MS
    return nowMs < opensAtMs
      ? unmet(
          `It expires ${utc(expiresAt)}; the gateway takes nothing that expires more than 24 h ahead.`,
          opensAtMs,
        )
      : met(`It expires ${utc(expiresAt)}.`)
  },
}

/** The canonical message is made anew from the body, so that a body which was changed after signing is found. */
export const signatureFits: Check = {
  name: 'signature by the public key',
  check: ({ input }) => {
    const { publicKey } = input
    if (publicKey === undefined)
      return unknown('Without the signer’s key as `publicKey` the signature cannot be checked.')
    return isSignedBy(input, publicKey)
      ? met('The gateway also asks that this connection signs in with the same key.')
      : unmet(
          'The signature is not by this key over this content: another key signed, or something was changed after.',
        )
  },
}

/** A Spark transfer funds one submission, once. */
export const transfersDistinct: Check = {
  name: 'each transfer once',
  check: ({ input: { deposits } }) => {
    const ids = deposits.map(({ sparkTransferId }) => sparkTransferId.toLowerCase())
    const twice = ids.find((id, at) => ids.indexOf(id) !== at)
    return twice === undefined ? met() : unmet(`The transfer ${twice} stands in it twice.`)
  },
}

/** A deposit of nothing pays for nothing. */
export const amountsAboveZero: Check = {
  name: 'amounts above zero',
  check: ({ input: { deposits } }) => {
    const empty = deposits.find(({ amount }) => BigInt(amount) === 0n)
    return empty === undefined ? met() : unmet(`The deposit of ${empty.sparkTransferId} is 0.`)
  },
}

/** The transaction runs on the chain that was signed for, and needs no fee there. */
export const evmTransactionFits: Check = {
  name: 'EVM transaction fits',
  check: ({ input: { evmTransaction, chainId } }) => {
    if (evmTransaction === undefined) return met('It carries none.')
    const read = readEvmTransaction(evmTransaction)
    if (read === null) return unmet('It is no signed transaction of EIP-1559.')
    if (read.chainId !== chainId)
      return unmet(`The transaction is for chain ${read.chainId}, what carries it for chain ${chainId}.`)
    return read.paysFees
      ? unknown('It offers a fee, and gas costs nothing there: it can fail for want of balance.')
      : met(`Signed by ${read.signer}, to whom the deposits are credited.`)
  },
}

/** The same content is taken once, ever: whatever its expiry says. */
export const contentNew: Check = {
  name: 'content not submitted before',
  check: ({ input, intent }) => {
    if (isNonceBody(input)) return met('The gateway takes each nonce of a signer once.')
    const intentId = intentIdOf(input)
    if (input.intentId !== undefined && comparableId(input.intentId) !== intentId)
      return unmet(`The file says that its intentId is ${input.intentId}; of this content it is ${intentId}.`)
    const isKnown = intent?.aliases.some(({ value }) => comparableId(value) === intentId) ?? false
    return isKnown && intent !== null && intent.status !== ''
      ? unmet(
          `It was submitted already, and the gateway calls it “${intent.status}”: other content has to be signed.`,
        )
      : met(`Its intentId is ${intentId}.`)
  },
}

/** What the wallet signed, for a person to read: always met. */
export const decoded: Check = { name: 'decoded', check: ({ input }) => met(inWords(input)) }

/** Only its first sender gets a transfer back, so that it has to be one of what failed. */
export const transferOfIntent: Check = {
  name: 'transfer of this submission',
  check: ({ input, intent }) => {
    const wanted = comparableId(clawedBack(input) ?? '')
    const deposits = Object.values(intent?.parts['deposits'] ?? {})
    if (deposits.length === 0) return unknown('Which transfers the submission spends is not known here.')
    return deposits.some(({ transferId = '' }) => comparableId(transferId) === wanted)
      ? met()
      : unmet('The submission spends other transfers than the one to claw back.')
  },
}
