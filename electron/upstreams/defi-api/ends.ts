import type { Amount, Leg } from '../../../shared/intent/amount.ts'
import { numberText } from '../kit/exactJson.ts'
import { isSaid } from '../kit/shape.ts'
import { listedIn } from '../kit/tokens.ts'
import { DEFI_TOKENS } from './tokens.ts'
import type { IntentBody, ReadingEnvelope, Side } from './wire.ts'

/** What the connection's catalogue knows of both ends. */
export type Names = NonNullable<ReadingEnvelope['names']>

/** One end of a swap, whichever generation told it. Null: not said. */
export interface End {
  network: number | null
  token: string | null
  decimals: number | null
  /** The amount that the swap was asked for or promises at least. */
  amount: Quantity
  /** What is promised at most. */
  most: Quantity
}

/** An amount in base units, in whole tokens, or not said at all. */
type Quantity = { lots: string } | { whole: string } | null

/** Both ends of an intent. */
export interface Ends {
  source: End
  destination: End
}

/** The ends of a swap, from the flat fields and, where they are not said, from the nested ones and the quote. */
export function endsOf(body: IntentBody): Ends {
  const { from, to, quote } = body
  return {
    source: {
      network: firstNumber(body.from_network_id, from?.network_id, quote?.from?.from_network_id),
      token: firstText(
        body.from_token,
        from?.contract_address,
        quote?.from?.from_token,
        body.from_token_id,
        from?.token_id,
      ),
      decimals: from?.decimals ?? quote?.from?.from_amount_decimals ?? null,
      amount: firstQuantity(
        lotsOf(body.from_amount_lots),
        wholeOf(from?.amount),
        lotsOf(quote?.from?.from_amount_lots),
      ),
      most: null,
    },
    destination: {
      network: firstNumber(body.to_network_id, to?.network_id, quote?.to?.to_network_id),
      token: firstText(
        body.to_token,
        to?.contract_address,
        quote?.to?.to_token,
        body.to_token_id,
        to?.token_id,
      ),
      decimals: to?.decimals ?? quote?.to?.to_amount_decimals ?? null,
      amount: firstQuantity(
        lotsOf(body.to_min_amount_lots),
        wholeOf(to?.min_amount),
        lotsOf(quote?.to?.to_min_amount_lots),
        wholeOf(to?.amount),
      ),
      most: firstQuantity(
        lotsOf(body.to_max_amount_lots),
        wholeOf(to?.max_amount),
        lotsOf(quote?.to?.to_max_amount_lots),
      ),
    },
  }
}

/** What one end teaches about its leg; null when nothing. */
export function legOf(end: End, named: Names['from']): Partial<Leg> | null {
  const leg: Partial<Leg> = {}
  if (end.network !== null) leg.chainId = end.network
  if (end.token !== null) leg.token = end.token
  const amount = amountOf(end, end.amount, named)
  if (amount !== null) leg.amount = amount
  return Object.keys(leg).length === 0 ? null : leg
}

/** An exact amount of the token of one end; null when it is not said, or only in whole tokens of unknown decimals. */
export function amountOf(end: End, quantity: Quantity, named: Names['from']): Amount | null {
  if (quantity === null) return null
  const listed = listedIn(DEFI_TOKENS, end.network, end.token)
  const said = end.decimals ?? named?.decimals ?? null
  const decimals = said ?? listed?.decimals ?? null
  const amountRaw = 'lots' in quantity ? quantity.lots : lotsFrom(quantity.whole, decimals)
  if (amountRaw === null) return null
  const decimalsOrigin = said !== null ? 'system' : listed !== null ? 'list' : 'unknown'
  return { amountRaw, decimals, decimalsOrigin, symbol: named?.symbol ?? listed?.symbol ?? null }
}

/** An amount that can only be shown as it was written, in whole tokens; null when it has base units or is not said. */
export function wholeText(end: End, named: Names['from']): string | null {
  const { amount } = end
  return amount !== null && 'whole' in amount && amountOf(end, amount, named) === null ? amount.whole : null
}

/** Base units of a decimal text, exact; null when the decimals are unknown or do not reach its last digit. */
export function lotsFrom(whole: string, decimals: number | null): string | null {
  const [digits = '', fraction = ''] = whole.split('.')
  const significant = fraction.replace(/0+$/, '')
  if (decimals === null || significant.length > decimals) return null
  return `${digits}${significant.padEnd(decimals, '0')}`.replace(/^0+(?=\d)/, '')
}

function lotsOf(value: unknown): Quantity {
  const lots = exactTextOf(value)
  return lots === null ? null : { lots }
}

function wholeOf(value: Side['amount']): Quantity {
  const whole = exactTextOf(value)
  // A number so large or small that JSON writes it with an exponent is no amount that anybody typed.
  return whole === null || !/^\d+(?:\.\d+)?$/.test(whole) ? null : { whole }
}

function exactTextOf(value: unknown): string | null {
  return typeof value === 'string' ? value : numberText(value)
}

function firstQuantity(...found: Quantity[]): Quantity {
  return found.find((one) => one !== null) ?? null
}

function firstNumber(...found: (number | string | null | undefined)[]): number | null {
  const said = found.find(isSaid)
  return said === undefined ? null : Number(said)
}

/** An empty text says nothing: [G3] a chain's own asset has no contract. */
function firstText(...found: unknown[]): string | null {
  const texts = found.map((one) => (typeof one === 'string' ? one : numberText(one)))
  return texts.find((one) => one !== null && one !== '') ?? null
}
