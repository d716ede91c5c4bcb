import { describe, expect, it } from 'vitest'
import { HASH, RECEIVED_AT_MS, factsOf, read } from '../../../test/oneinchFusionFacts.ts'
import { overdueOnCourse, situationAt } from '../../../shared/intent/course.ts'
import type { Fact } from '../../../shared/intent/fact.ts'
import { foldFacts } from '../../../shared/intent/fold.ts'
import { connectionId, type IntentId } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { PanelBlock } from '../../../shared/intent/panel.ts'
import { auctionOf, takingAt } from './auction.ts'
import { course } from './course.ts'
import { normalise } from './normalise.ts'
import { panels } from './panels.ts'

const START_MS = RECEIVED_AT_MS - 60_000
const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'
const USDC = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'
const order = {
  maker: '0xf2',
  makerAsset: WETH,
  takerAsset: USDC,
  makingAmount: '1000',
  takingAmount: '2000000',
}

const created = {
  event: 'order_created',
  result: {
    orderHash: HASH,
    order,
    auctionStartDate: new Date(START_MS).toISOString(),
    auctionEndDate: new Date(START_MS + 180_000).toISOString(),
    deadline: new Date(START_MS + 192_000).toISOString(),
    remainingMakerAmount: '1000',
  },
}

function reading(more: object): Fact[] {
  const auction = { auctionStartDate: START_MS / 1_000, auctionDuration: 180, initialRateBump: 500_000 }
  const points = [
    { delay: 20, coefficient: 300_000 },
    { delay: 60, coefficient: 100_000 },
  ]
  const body = { status: 'pending', order, points, fills: [], ...auction, ...more }
  return normalise(read('GET /order/status/:orderHash', body))
}

function orderOf(...facts: Fact[]): Intent {
  const heard = facts
    .filter((fact) => fact.about === 'intent')
    .map((fact, at) => ({ fact, origin: 'push' as const, receivedAtMs: RECEIVED_AT_MS + at }))
  const head = {
    id: `test:${HASH}` as IntentId,
    system: 'oneinch-fusion' as const,
    connection: connectionId('test'),
  }
  return foldFacts(head, heard)
}

function blocksOf(intent: Intent, title: string): PanelBlock[] {
  return panels(intent).find((panel) => panel.title === title)?.blocks ?? []
}

describe('the auction', () => {
  it('goes from its first rate over its points to the least amount, exactly', () => {
    const intent = orderOf(...factsOf(created), ...reading({}))
    expect(auctionOf(intent)).toEqual({
      startMs: START_MS,
      endMs: START_MS + 180_000,
      bumps: [
        { atMs: START_MS, bump: 500_000n },
        { atMs: START_MS + 20_000, bump: 300_000n },
        { atMs: START_MS + 80_000, bump: 100_000n },
        { atMs: START_MS + 180_000, bump: 0n },
      ],
    })
    const curve = blocksOf(intent, 'Auction').find((block) => block.is === 'curve')
    expect(curve?.unit).toBe('USDC')
    expect(curve?.points.map(({ value }) => value)).toEqual(['2.1', '2.06', '2.02', '2'])
    expect(takingAt('2000001', 500_000n)).toBe('2100001')
  })

  it('says so while its form is not known', () => {
    const blocks = blocksOf(orderOf(...factsOf(created)), 'Auction')
    expect(blocks.map(({ is }) => is)).toEqual(['facts', 'note'])
  })
})

describe('fills', () => {
  const fill = {
    txHash: '0xf1',
    filledMakerAmount: '400',
    filledAuctionTakerAmount: '820000',
    takerFeeAmount: null,
  }

  it('are progress and a row each; what is told twice counts once', () => {
    const partly = {
      event: 'order_filled_partially',
      result: { orderHash: HASH, remainingMakerAmount: '600' },
    }
    const told = [
      ...factsOf(created),
      ...factsOf(partly),
      ...reading({ status: 'partially-filled', fills: [fill] }),
    ]
    const [progress, table] = blocksOf(orderOf(...told), 'Fills')
    expect(progress).toMatchObject({
      is: 'progress',
      done: { amountRaw: '400' },
      total: { amountRaw: '1000' },
    })
    expect(table?.is === 'table' ? table.rows : []).toEqual([
      [
        { is: 'id', value: '0xf1', what: 'transaction' },
        { is: 'amount', amount: { amountRaw: '400', decimals: 18, decimalsOrigin: 'list', symbol: 'WETH' } },
        {
          is: 'amount',
          amount: { amountRaw: '820000', decimals: 6, decimalsOrigin: 'list', symbol: 'USDC' },
        },
        { is: 'text', text: 'not said' },
      ],
    ])
  })

  it('are whole when the order is filled, whoever said how', () => {
    const filled = { event: 'order_filled', result: { orderHash: HASH } }
    const intent = orderOf(...factsOf(created), ...factsOf(filled))
    expect(intent).toMatchObject({ phase: 'completed', moneyAtRisk: false })
    expect(blocksOf(intent, 'Fills')[0]).toMatchObject({ done: { amountRaw: '1000' } })
  })
})

describe('what stands in the way', () => {
  it.each([
    'not-enough-balance-or-allowance',
    'false-predicate',
    'wrong-permit',
    'invalid-signature',
    'invalid-maker-traits',
  ])('%s is said in words', (status) => {
    const [note] = blocksOf(orderOf(...factsOf(created), ...reading({ status })), 'What stands in the way')
    expect(note?.is === 'note' ? note.text : '').toMatch(/nobody can fill/)
  })

  it('a balance below what is left is told apart from an allowance that suffices', () => {
    const result = { orderHash: HASH, remainingMakerAmount: '1000', balance: '999', allowance: '1000' }
    const change = factsOf({ event: 'order_balance_or_allowance_change', result })
    const [facts] = blocksOf(orderOf(...factsOf(created), ...change), 'What stands in the way')
    const states = facts?.is === 'facts' ? facts.rows.filter(({ value }) => value.is === 'state') : []
    expect(states.map(({ value }) => (value.is === 'state' ? value.tone : ''))).toEqual(['attention', 'done'])
  })
})

describe('the course of an order on offer', () => {
  const intent = { ...orderOf(...factsOf(created), ...reading({})), createdAtMs: START_MS - 5_000 }

  it.each([
    [-1, 'Auction not begun'],
    [0, 'Auction'],
    [180_000, 'Auction over'],
    [192_000, 'Past its deadline'],
  ])('%d ms after its auction began is "%s"', (afterMs, label) => {
    expect(situationAt(course(intent), START_MS + afterMs)?.label).toBe(label)
  })

  it('is overdue a minute after a deadline that nobody called', () => {
    expect(overdueOnCourse(course(intent))).toBe(START_MS + 192_000 + 60_000)
  })

  it('is none once the order is over, or its word is not understood', () => {
    for (const status of ['filled', 'warp_speed'])
      expect(course(orderOf(...factsOf(created), ...reading({ status })))).toEqual([])
  })
})
