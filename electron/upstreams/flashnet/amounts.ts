import type { Amount } from '../../../shared/intent/amount.ts'
import { numberText } from '../kit/exactJson.ts'

/** Decimals of a bitcoin in sats. */
const SAT_DECIMALS = 8

/** An exact amount of base units from decimal digits, `0x` hex digits or a JSON number; null for anything else. */
export function baseUnitsOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value : numberText(value)
  if (text === null) return null
  return /^(?:\d{1,100}|0x[0-9a-f]{1,64})$/i.test(text) ? BigInt(text).toString() : null
}

/** An amount of a Spark asset: sats have known decimals, tokens none that the gateway says. */
export function amountOfAsset(amountRaw: string, isSats: boolean): Amount {
  return isSats
    ? { amountRaw, decimals: SAT_DECIMALS, decimalsOrigin: 'list', symbol: 'BTC' }
    : { amountRaw, decimals: null, decimalsOrigin: 'unknown', symbol: null }
}
