import type { Answer } from '../kit/answer.ts'
import { failure } from '../kit/doorkeeper.ts'
import { CHAINS, type Token } from './chains.ts'
import { OFFSETS_SEC } from './timelocks.ts'

/** What a quoter offers above and below the price of the story, per mille. */
const PRESETS = { fast: [1_004n, 988n], medium: [1_006n, 990n], slow: [1_008n, 992n] } as const

/** Seconds that the auction of each preset lasts: the SDK's own. */
const DURATIONS = { fast: 180, medium: 360, slow: 600 } as const

/** Answers what resolvers would be offered now. */
export function quoteAnswer(query: URLSearchParams): Answer {
  const from = tokenOf(query.get('srcChain'), query.get('srcTokenAddress'))
  const to = tokenOf(query.get('dstChain'), query.get('dstTokenAddress'))
  const amount = query.get('amount') ?? ''
  if (from === null || to === null || !/^\d+$/.test(amount))
    return failure(400, 'Bad Request', 'cannot quote this swap')
  const fair =
    (BigInt(amount) * from.cents * 10n ** BigInt(to.decimals)) / (to.cents * 10n ** BigInt(from.decimals))
  const body = {
    quoteId: `quote-${query.get('srcChain')}-${amount}`,
    srcTokenAmount: amount,
    dstTokenAmount: String(fair),
    recommendedPreset: 'fast',
    presets: presetsOf(fair),
    timeLocks: OFFSETS_SEC,
    srcEscrowFactory: CHAINS[0]?.factory,
    dstEscrowFactory: CHAINS[0]?.factory,
    srcSafetyDeposit: '1200000000000000',
    dstSafetyDeposit: '1200000000000000',
    whitelist: [],
    autoK: 1,
    prices: { usd: { srcToken: '1', dstToken: '1' } },
    volume: { usd: { srcToken: '1', dstToken: '1' } },
  }
  return { status: 200, body }
}

function presetsOf(fair: bigint): object {
  const presets = Object.entries(PRESETS).map(([name, [start, end]]) => [
    name,
    {
      auctionDuration: DURATIONS[name as keyof typeof DURATIONS],
      startAuctionIn: 2,
      initialRateBump: Number(((start - end) * 10_000_000n) / end),
      auctionStartAmount: String((fair * start) / 1_000n),
      startAmount: String(fair),
      auctionEndAmount: String((fair * end) / 1_000n),
      costInDstToken: '0',
      points: [],
      allowPartialFills: false,
      allowMultipleFills: false,
      gasCost: { gasBumpEstimate: 0, gasPriceEstimate: '0' },
      exclusiveResolver: null,
      secretsCount: 1,
    },
  ])
  return Object.fromEntries(presets) as object
}

function tokenOf(chainId: string | null, address: string | null): Token | null {
  const chain = CHAINS.find((one) => String(one.chainId) === chainId)
  return chain?.tokens.find((token) => token.address.toLowerCase() === address?.toLowerCase()) ?? null
}
