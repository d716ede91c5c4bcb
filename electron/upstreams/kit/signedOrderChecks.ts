import type { Condition, Given, Verdict } from '../command.ts'
import { expiresAtMs, orderHashOf, type LimitOrder } from './limitOrder.ts'
import { auctionIn, isBoundTo } from './orderExtension.ts'
import { signerVerdict } from './orderSigner.ts'
import type { SignedOrder } from './signedOrder.ts'
import { met, unknown, unmet, utc } from './verdict.ts'

/** What a signed order has to hold, on the chain that `chainOf` names, before anybody may be asked to take it. */
export function signedOrderChecks<Input extends SignedOrder, Settings>(
  chainOf: (given: Given<Input, Settings>) => number,
): Condition<Given<Input, Settings>>[] {
  return [
    { name: 'signed by the maker', check: (given) => signerVerdict(given.input, chainOf(given)) },
    { name: 'extension as signed', check: ({ input }) => extensionVerdict(input) },
    { name: 'amounts above zero', check: ({ input }) => amountsVerdict(input.order) },
    { name: 'order deadline ahead', check: ({ input, nowMs }) => deadlineVerdict(input.order, nowMs) },
    { name: 'auction not over', check: ({ input, nowMs }) => auctionVerdict(input.extension, nowMs) },
    {
      name: 'order not known yet',
      check: (given) => newnessVerdict(given, orderHashOf(given.input.order, chainOf(given))),
    },
  ]
}

function extensionVerdict({ order, extension }: SignedOrder): Verdict {
  return isBoundTo(order, extension)
    ? met()
    : unmet(
        'The extension is not the one that was signed: the order’s salt carries another hash, so no resolver could fill it.',
      )
}

function amountsVerdict({ makingAmount, takingAmount }: LimitOrder): Verdict {
  if (BigInt(makingAmount) === 0n) return unmet('The maker would give nothing: makingAmount is 0.')
  return BigInt(takingAmount) === 0n ? unmet('The maker would get nothing: takingAmount is 0.') : met()
}

function deadlineVerdict(order: LimitOrder, nowMs: number): Verdict {
  const atMs = expiresAtMs(order)
  if (atMs === null)
    return unknown('The order never expires: it stands until its maker cancels it on the chain.')
  return nowMs < atMs
    ? met(`It passes ${utc(atMs)}.`)
    : unmet(`It passed ${utc(atMs)}; a new order has to be signed.`)
}

/** An order is as old as its quote: once the auction is over, what was quoted is offered to nobody. */
function auctionVerdict(extension: string, nowMs: number): Verdict {
  const auction = auctionIn(extension)
  if (auction === null) return unknown('The extension does not say when the auction of this order ends.')
  const { startMs, endMs } = auction
  if (nowMs >= endMs)
    return unmet(`It ended ${utc(endMs)}: the quote is stale, and a new one has to be signed.`)
  return met(
    nowMs < startMs ? `It begins ${utc(startMs)}.` : `It has run since ${utc(startMs)}, until ${utc(endMs)}.`,
  )
}

function newnessVerdict({ intent }: Given, orderHash: string): Verdict {
  const isIt = intent?.aliases.some(({ value }) => value.toLowerCase() === orderHash) ?? false
  if (intent === null || !isIt || intent.status === '') return met()
  return unmet(`The system has this order already and calls it “${intent.status}”.`)
}
