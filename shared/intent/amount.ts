/** Where the number of decimals of a token comes from. */
export type DecimalsOrigin = 'chain' | 'system' | 'list' | 'unknown'

/** An exact amount of one token. */
export interface Amount {
  /** Base units, decimal digits, never a JavaScript number. */
  amountRaw: string
  /** Null when nobody said it: the screen then shows base units and says so. */
  decimals: number | null
  decimalsOrigin: DecimalsOrigin
  symbol: string | null
}

/** One end of a swap. Every part is null until a system has said it. */
export interface Leg {
  chainId: number | null
  /** Address or token id in the chain family's own form. */
  token: string | null
  amount: Amount | null
}

/** Most digits of an amount: those of 2^256 − 1, the largest that a token of any chain family here can hold. */
const MOST_DIGITS = 78

/** Most decimals that a token can have: ERC-20 keeps them in one byte. */
const MOST_DECIMALS = 255

/** Narrow no-break space, between groups of three digits. */
const GROUP_SPACE = '\u202f'

/** Whether a text is an amount of base units: decimal digits only, no longer than the largest there is. */
export function isAmountText(text: string): boolean {
  return text.length <= MOST_DIGITS && /^[0-9]+$/.test(text)
}

/**
 * Exact decimal notation of base units, without grouping. Base units stay as they are when the decimals are null or
 * impossible, and so does a text that is no whole number.
 */
export function formatUnits(amountRaw: string, decimals: number | null): string {
  const parts = /^(-?)0*([0-9]+)$/.exec(amountRaw)
  if (parts === null || !hasDecimals(decimals)) return amountRaw
  const digits = (parts[2] ?? '').padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  const sign = /[1-9]/.test(digits) ? (parts[1] ?? '') : ''
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** An amount as a screen shows it. */
export interface FormattedAmount {
  /** Exact, thousands grouped by a narrow space. */
  text: string
  /** The token's symbol, or in words that these are base units; empty when the symbol alone is unknown. */
  unit: string
  /** Nothing was rounded. */
  isExact: true
  /** Base units as the system wrote them. */
  raw: string
}

/** An amount in full, with its unit in words where nobody said how many decimals the token has. */
export function formatAmount(amount: Amount): FormattedAmount {
  const { amountRaw, decimals, symbol } = amount
  const [whole = '', fraction] = formatUnits(amountRaw, decimals ?? 0).split('.')
  const grouped = /^-?[0-9]+$/.test(whole) ? whole.replace(/\B(?=(?:[0-9]{3})+$)/g, GROUP_SPACE) : whole
  const baseUnits = symbol === null ? 'base units' : `base units of ${symbol}`
  return {
    text: fraction === undefined ? grouped : `${grouped}.${fraction}`,
    unit: hasDecimals(decimals) ? (symbol ?? '') : baseUnits,
    isExact: true,
    raw: amountRaw,
  }
}

function hasDecimals(decimals: number | null): decimals is number {
  return decimals !== null && Number.isInteger(decimals) && decimals >= 0 && decimals <= MOST_DECIMALS
}
