import type { Answer } from '../kit/answer.ts'
import { failure } from '../kit/doorkeeper.ts'
import { swapped } from './order.ts'

/** What a quoter offers above and below the price of the story, per mille. */
const PRESETS = { fast: [1_004n, 990n], medium: [1_006n, 992n], slow: [1_008n, 994n] } as const

/** Seconds that the auction of each preset lasts: the SDK's own. */
const DURATIONS = { fast: 180, medium: 360, slow: 600 } as const

/** Answers what resolvers would be offered now. */
export function quoteAnswer(query: URLSearchParams): Answer {
  const [from, to] = [query.get('fromTokenAddress') ?? '', query.get('toTokenAddress') ?? '']
  const amount = query.get('amount') ?? ''
  const fair = /^\d+$/.test(amount) ? swapped(BigInt(amount), from, to) : null
  if (fair === null) return failure(400, 'Bad Request', 'cannot quote this swap')
  const presets = Object.entries(PRESETS).map(([name, [start, end]]) => [
    name,
    {
      auctionDuration: DURATIONS[name as keyof typeof DURATIONS],
      startAuctionIn: 17,
      bankFee: '0',
      initialRateBump: Number(((start - end) * 10_000_000n) / end),
      auctionStartAmount: String((fair * start) / 1_000n),
      auctionEndAmount: String((fair * end) / 1_000n),
      tokenFee: '0',
      points: [],
      allowPartialFills: true,
      allowMultipleFills: true,
      gasCost: { gasBumpEstimate: 0, gasPriceEstimate: '0' },
      exclusiveResolver: null,
    },
  ])
  const body = {
    quoteId: `quote-${from.slice(2, 8)}-${amount}`,
    fromTokenAmount: amount,
    toTokenAmount: String(fair),
    marketAmount: String(fair),
    recommended_preset: 'fast',
    presets: Object.fromEntries(presets) as object,
    settlementAddress: '0x2ad5004c60e16e54d5007c80ce329adde5b51ef5',
    whitelist: [],
    autoK: 1,
    fee: { receiver: `0x${'0'.repeat(40)}`, bps: 0, whitelistDiscountPercent: 0 },
    integratorFee: 0,
    integratorFeeShare: 0,
    prices: { usd: { fromToken: '1', toToken: '1' } },
    volume: { usd: { fromToken: '1', toToken: '1' } },
  }
  return { status: 200, body }
}
