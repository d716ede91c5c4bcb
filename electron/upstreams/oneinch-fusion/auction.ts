import { formatUnits } from '../../../shared/intent/amount.ts'
import type { Intent } from '../../../shared/intent/intent.ts'

/** A rate bump of 10,000,000 is one hundred percent on top of the least amount. */
const WHOLE_BUMP = 10_000_000n

/** Most points that are drawn: documented auctions have fewer than ten. */
const MOST_POINTS = 100

/** An order's auction as far as it is known; instants in epoch milliseconds. */
interface Auction {
  startMs: number | null
  endMs: number | null
  /** The bump at each instant, oldest first; linear in between, 0 at the end. Empty while nobody said it. */
  bumps: { atMs: number; bump: bigint }[]
}

/** What the parts of an intent say of its auction. */
export function auctionOf({ parts }: Pick<Intent, 'parts'>): Auction {
  const curve = parts['auction']?.['curve'] ?? {}
  const startMs = numberOf(curve['startMs'])
  const endMs = numberOf(curve['endMs'])
  const initial = curve['initialRateBump']
  if (startMs === null || endMs === null || initial === undefined) return { startMs, endMs, bumps: [] }
  const bumps = [{ atMs: startMs, bump: BigInt(initial) }]
  let atMs = startMs
  for (let place = 0; place < Math.min(MOST_POINTS, numberOf(curve['pointCount']) ?? 0); place += 1) {
    const [delaySec = '', coefficient = ''] = (curve[`point ${place}`] ?? '').split(' ')
    if (!/^\d+$/.test(delaySec) || !/^\d+$/.test(coefficient)) break
    atMs += Number(delaySec) * 1_000
    if (atMs < endMs) bumps.push({ atMs, bump: BigInt(coefficient) })
  }
  return { startMs, endMs, bumps: [...bumps, { atMs: Math.max(endMs, atMs), bump: 0n }] }
}

/** What the whole order pays at a bump, base units: the least amount, raised by it. */
export function takingAt(leastRaw: string, bump: bigint): string {
  return ((BigInt(leastRaw) * (WHOLE_BUMP + bump)) / WHOLE_BUMP).toString()
}

/** The auction as a curve of what the whole order pays; null while its form or the least amount is not known. */
export function payCurve(
  intent: Pick<Intent, 'parts' | 'destination'>,
): { unit: string; points: { atMs: number; value: string }[] } | null {
  const { bumps } = auctionOf(intent)
  const { amount } = intent.destination
  if (bumps.length === 0 || amount === null) return null
  const points = bumps.map(({ atMs, bump }) => ({
    atMs,
    value: formatUnits(takingAt(amount.amountRaw, bump), amount.decimals),
  }))
  const unit = amount.decimals === null ? 'base units' : (amount.symbol ?? 'destination token')
  return { unit, points }
}

function numberOf(text: string | undefined): number | null {
  const number = Number(text ?? Number.NaN)
  return Number.isSafeInteger(number) ? number : null
}
