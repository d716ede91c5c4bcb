import { describe, expect, it } from 'vitest'
import type { Intent } from '../../../../shared/intent/intent.ts'
import { givenTo, HASH, NOW_MS, orderWith } from '../../../../test/fusionPlusGiven.ts'
import type { Given } from '../../command.ts'
import type { FusionPlusSettings } from '../index.ts'
import { quote } from './quote.ts'

const amount = (amountRaw: string) =>
  ({ amountRaw, decimals: 6, decimalsOrigin: 'list', symbol: 'USDC' }) as const

function known(more: Partial<Intent> = {}): Given<Record<string, never>, FusionPlusSettings> {
  const intent = orderWith({
    maker: '0xMaker',
    source: { chainId: 1, token: '0xSell', amount: amount('7000000') },
    destination: { chainId: 501, token: 'Buy58', amount: amount('2500000000') },
    ...more,
  })
  return givenTo(quote, {}, { intent })
}

describe('what is asked', () => {
  it('is the intent’s own swap, at the path of the SDK', () => {
    expect(quote.request(known())).toEqual({
      method: 'GET',
      url: 'https://api.1inch.com/fusion-plus/quoter/v1.2/quote/receive/?srcChain=1&dstChain=501&srcTokenAddress=0xSell&dstTokenAddress=Buy58&amount=7000000&walletAddress=0xMaker',
      body: null,
      secretHeaders: ['authorization'],
      secrets: [],
    })
    expect(quote.subject(known())).toBe(HASH)
  })

  it.each<[string, Partial<Intent>]>([
    ['chains', { destination: { chainId: null, token: 'Buy58', amount: null } }],
    ['tokens', { source: { chainId: 1, token: null, amount: amount('7') } }],
    ['amount', { source: { chainId: 1, token: '0xSell', amount: null } }],
    ['maker', { maker: null }],
  ])('is nothing while the %s are not known', async (_, more) => {
    const states = await Promise.all(quote.preconditions.map(async ({ check }) => check(known(more))))
    expect(states.map(({ state }) => state)).toContain('unmet')
    expect(() => quote.request(known(more))).toThrow('There is nothing to ask a quote for')
  })

  it('is open when all of it is known', async () => {
    const states = await Promise.all(quote.preconditions.map(async ({ check }) => check(known())))
    expect(states.map(({ state }) => state)).toEqual(['met', 'met'])
  })

  it('takes no fields of its own', () => {
    expect(quote.input.safeParse({ amount: 1 }).error?.issues[0]?.message).toBe('Unrecognized key: "amount"')
  })
})

describe('the answer in words', () => {
  const judged = (start: unknown, end: unknown, more: Partial<Intent> = {}) => {
    const body = {
      recommendedPreset: 'fast',
      presets: { fast: { auctionStartAmount: start, auctionEndAmount: end } },
    }
    return quote.judge({ httpStatus: 200, text: JSON.stringify(body), atMs: NOW_MS }, known(more))
  }

  it.each([
    ['2600000000', '2550000000', '1.96 % less than the least.'],
    ['2450000000', '2400000000', '2.04 % more than the best: no resolver gains by filling it.'],
    ['2600000000', '2400000000', 'which lies within.'],
    ['2499999999', '2400000000', 'less than 0.01 % more than the best: no resolver gains by filling it.'],
  ])('compares %s to %s with what the order asks for', (start, end, place) => {
    const { outcome, why } = judged(start, end)
    expect(outcome).toBe('accepted')
    expect(why.endsWith(`(preset fast). The order asks for at least 2\u202f500 USDC, ${place}`)).toBe(true)
  })

  it('says so where one of the two is missing', () => {
    expect(judged('1', '1', { destination: { chainId: 501, token: 'Buy58', amount: null } }).why).toContain(
      'what the order asks for is not known',
    )
    expect(judged({}, 'x').why).toBe(
      'The answer cannot be compared: it names no recommended preset with amounts.',
    )
  })

  it('keeps the amounts, which are harmless', () => {
    expect(judged('2600000000', '2550000000').facts).toEqual({
      'quoted at most': '2600000000',
      'quoted at least': '2550000000',
      'quoted preset': 'fast',
    })
  })

  it('is refused in the system’s own words', () => {
    const text = '{"error":"Bad Request","description":"insufficient amount","statusCode":400}'
    const { outcome, why } = quote.judge({ httpStatus: 400, text, atMs: NOW_MS }, known())
    expect([outcome, why]).toEqual([
      'refused',
      'The system refused it (HTTP 400). It says: “insufficient amount”',
    ])
  })
})
