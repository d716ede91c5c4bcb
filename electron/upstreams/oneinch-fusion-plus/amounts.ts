import type { Amount } from '../../../shared/intent/amount.ts'
import { MAINNET_TOKENS } from '../kit/mainnetTokens.ts'
import { amountOf as amountIn, listedIn } from '../kit/tokens.ts'
import { digitsOf } from '../kit/wireValues.ts'

/** An exact amount of a token. Its decimals are known where the token is listed. */
export function amountOf(value: unknown, chainId: number | null, token: string | null): Amount {
  return amountIn(digitsOf(value) ?? '', listedIn(MAINNET_TOKENS, chainId, token))
}

/** A detail in base units, exact, under its label; nothing where nothing was said. */
export function amountText(label: string, value: unknown): Record<string, string> {
  const digits = digitsOf(value)
  return digits === null ? {} : { [label]: digits }
}
