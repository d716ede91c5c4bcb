import { describe, expect, it } from 'vitest'
import { factsOf, framed, HASH, read, RECEIVED_AT_MS } from '../../../test/oneinchFusionFacts.ts'
import type { DriftFact, Fact, IntentFact, QuarantineFact } from '../../../shared/intent/fact.ts'
import captures from './captures/frames.json' with { type: 'json' }
import { normalise } from './normalise.ts'

const GOLDEN = '0x2b0be90253576253df4090c0d2cd882004ebe437b4a58ab2ce082c6583b385f4'
const MAX = (2n ** 256n - 1n).toString()

function orders(facts: Fact[]): IntentFact[] {
  return facts.filter((fact) => fact.about === 'intent')
}

function drift(facts: Fact[]): DriftFact[] {
  return facts.filter((fact) => fact.about === 'drift')
}

function quarantine(facts: Fact[]): QuarantineFact[] {
  return facts.filter((fact) => fact.about === 'quarantine')
}

function golden(kind: string): string {
  const found = captures.frames.find((frame) => frame.kind === kind && frame.direction === 'server->client')
  if (found === undefined) throw new Error(`There is no capture of ${kind}.`)
  return found.frame
}

describe('the captured frames', () => {
  const meanings: [string, string, string | null][] = [
    ['rpc:getActiveOrders', 'received', 'pending'],
    ['event:order_created', 'received', 'pending'],
    ['event:order_invalid', 'invalidated', null],
    ['event:order_balance_or_allowance_change', 'fundingChanged', null],
    ['event:order_filled', 'statusClaimed', 'filled'],
    ['event:order_filled_partially', 'partlyFilled', 'partially-filled'],
    ['event:order_cancelled', 'statusClaimed', 'cancelled'],
  ]

  it.each(meanings)('%s is %s, claiming %s, with nothing left over', (kind, fact, status) => {
    const facts = factsOf(golden(kind))
    expect(facts).toHaveLength(1)
    expect(orders(facts)[0]).toMatchObject({ kind: fact, aliases: [{ kind: 'orderHash', value: GOLDEN }] })
    expect(orders(facts)[0]?.claim?.status ?? null).toBe(status)
  })

  it('are all read', () => {
    const told = captures.frames.filter(({ direction }) => direction === 'server->client')
    expect(told).toHaveLength(meanings.length + 2)
    for (const { frame } of told)
      expect(factsOf(frame).every(({ about }) => /intent|link/.test(about))).toBe(true)
  })

  it('tell an order once, whether the event or the listing comes first', () => {
    const [event] = orders(factsOf(golden('event:order_created')))
    const [listed] = orders(factsOf(golden('rpc:getActiveOrders')))
    expect(event?.key).toBe(listed?.key)
  })

  it('tell both ends of an order exactly, its auction, its deadline and that nothing is locked', () => {
    const [order] = orders(factsOf(golden('event:order_created')))
    expect(order?.learned).toMatchObject({
      isAtomic: true,
      maker: '0xda6624d1c0297c937c792fe945825e53ad39c50f',
      source: {
        chainId: 1,
        amount: { amountRaw: '1500000000000000000', decimals: null, decimalsOrigin: 'unknown' },
      },
      destination: { chainId: 1, amount: { amountRaw: '4100000000' } },
      deadlines: [
        { kind: 'intentDeadline', atMs: Date.UTC(2026, 0, 1, 0, 5, 12) },
        { kind: 'auctionEnd', atMs: Date.UTC(2026, 0, 1, 0, 5) },
      ],
    })
    // The zero address stands for the maker and is nobody to be found by.
    expect(order?.mentions.map(({ kind }) => kind)).toEqual(['maker', 'token', 'token', 'quote'])
  })

  it('never show a signature', () => {
    const { payload } = framed(golden('event:order_created'))
    expect(payload).not.toContain('ababab')
    expect(payload).toContain('redacted:')
  })
})

describe('what is no more than a prompt', () => {
  it('an invalid order makes no claim, and each time is told anew', () => {
    const frame = { event: 'order_invalid', result: { orderHash: HASH } }
    const [first, later] = [framed(frame), { ...framed(frame), receivedAtMs: RECEIVED_AT_MS + 1 }]
    expect(first.isSample).toBe(true)
    const keys = [first, later].map((event) => orders(normalise(event))[0]?.key)
    expect(new Set(keys).size).toBe(2)
  })

  it('a balance that comes back to a value is told again', () => {
    const frame = { event: 'order_balance_or_allowance_change', result: { orderHash: HASH, balance: '1' } }
    expect(orders(factsOf(frame))[0]?.learned.parts).toEqual({
      funding: { now: { balance: '1', readAtMs: String(RECEIVED_AT_MS) } },
    })
    expect(framed(frame).isSample).toBe(true)
  })
})

describe('what the contract does not describe', () => {
  it('a payload under `data` is read and counted', () => {
    const facts = factsOf({ event: 'order_filled', data: { orderHash: HASH } })
    expect(orders(facts)[0]?.claim?.status).toBe('filled')
    expect(drift(facts)).toEqual([
      { about: 'drift', kind: 'unknown-field', where: 'order_filled', what: 'data' },
    ])
  })

  it.each([
    {
      frame: { event: 'order_teleported', result: { orderHash: HASH } },
      kind: 'unknown-event',
      what: 'order_teleported',
    },
    { frame: { event: 'secret_shared', result: { idx: 1 } }, kind: 'unknown-event', what: 'secret_shared' },
    {
      frame: { event: 'order_filled', result: { orderHash: HASH, fee: '1' } },
      kind: 'unknown-field',
      what: 'fee',
    },
    { frame: { method: 'getSecrets', result: [] }, kind: 'unknown-event', what: 'getSecrets' },
  ])('$what is counted as $kind', ({ frame, kind, what }) => {
    expect(drift(factsOf(frame))).toContainEqual(expect.objectContaining({ kind, what }))
  })

  it('a status word is shown as it is', () => {
    const facts = normalise(read('GET /order/status/:orderHash', { status: 'refunded' }))
    expect(orders(facts)[0]).toMatchObject({
      claim: { status: 'refunded', phase: 'unknown', rank: null },
      flags: ['unknown-status'],
    })
    expect(drift(facts)).toContainEqual(expect.objectContaining({ kind: 'unknown-word', what: 'refunded' }))
  })

  it('an amount as a JSON number is exact and counted', () => {
    const text = `{"event":"order_filled_partially","result":{"orderHash":"${HASH}","remainingMakerAmount":${MAX}}}`
    const facts = factsOf(text)
    expect(orders(facts)[0]?.learned.parts?.['order']).toEqual({ rest: { remainingMakerAmount: MAX } })
    expect(drift(facts)).toContainEqual(expect.objectContaining({ kind: 'lossy-number', what: MAX }))
  })
})

describe('what cannot be read', () => {
  it.each([
    ['a frame that is a list', [], '$.frame'],
    ['a frame that is null', null, '$.frame'],
    ['no event', {}, '$.frame.event'],
    ['an event that is a number', { event: 7 }, '$.frame.event'],
    ['no payload', { event: 'order_filled' }, '$.frame.result'],
    ['no hash', { event: 'order_filled', result: {} }, '$.frame.result.orderHash'],
    [
      'a hash that is a number',
      { event: 'order_created', result: { orderHash: 7 } },
      '$.frame.result.orderHash',
    ],
    ['a listing of nothing', { method: 'getActiveOrders', result: 7 }, '$.frame.result'],
    [
      'an item of a listing',
      { method: 'getActiveOrders', result: { items: [{ orderHash: HASH }, 7] } },
      '$.frame.result.items[1]',
    ],
  ])('%s is quarantined at its place', (_, frame, path) => {
    expect(quarantine(factsOf(frame)).map((fact) => fact.path)).toEqual([path])
  })

  it('an amount that is none leaves the rest of the order readable', () => {
    const facts = factsOf({
      event: 'order_created',
      result: { orderHash: HASH, remainingMakerAmount: '1.5' },
    })
    expect(quarantine(facts)[0]?.path).toBe('$.frame.result.remainingMakerAmount')
    expect(orders(facts)[0]).toMatchObject({ claim: { status: 'pending' }, flags: ['quarantined'] })
  })

  it('one bad order of an answer leaves the others, and its place is named', () => {
    const facts = normalise(
      read('POST /order/status', [{ orderHash: HASH, status: 'filled' }, { status: 'filled' }]),
    )
    expect(orders(facts)).toHaveLength(1)
    expect(quarantine(facts)[0]?.path).toBe('$.body[1].orderHash')
  })

  it('an error in place of a listing is a word about the link', () => {
    const facts = factsOf({ method: 'getActiveOrders', result: { error: 'not allowed' } })
    expect(facts).toEqual([
      { about: 'link', kind: 'refused', atMs: null, text: 'getActiveOrders was refused: not allowed' },
    ])
  })
})

describe('an answer over REST', () => {
  const status = {
    status: 'partially-filled',
    order: { maker: '0xf2', makerAsset: '0xa1', takerAsset: '0xa2', makingAmount: '100', takingAmount: '50' },
    points: [{ delay: 20, coefficient: 30_000 }],
    cancelTx: null,
    fills: [
      { txHash: '0xf1', filledMakerAmount: '40', filledAuctionTakerAmount: '21', takerFeeAmount: null },
    ],
    createdAt: '2026-11-21T14:59:00.000Z',
    auctionStartDate: 1_795_273_200,
    auctionDuration: 180,
    initialRateBump: 50_000,
    isNativeCurrency: false,
  }

  it('claims its status at the time when it was read, and tells the auction and each fill', () => {
    const [fact] = orders(normalise(read('GET /order/status/:orderHash', status)))
    expect(fact).toMatchObject({ atMs: null, claim: { status: 'partially-filled', phase: 'executing' } })
    expect(fact?.learned).toMatchObject({
      createdAtMs: Date.UTC(2026, 10, 21, 14, 59),
      deadlines: [{ kind: 'auctionEnd', atMs: (1_795_273_200 + 180) * 1_000 }],
      transactions: [{ label: 'fill 1', chainId: 1, hash: '0xf1' }],
      parts: {
        auction: { curve: { initialRateBump: '50000', pointCount: '1', 'point 0': '20 30000' } },
        fills: { '0': { txHash: '0xf1', filledMakerAmount: '40', filledAuctionTakerAmount: '21' } },
      },
    })
  })

  it('to a listing by maker, by hash or in an object is read alike', () => {
    const item = { orderHash: HASH, status: 'filled', makerAmount: '100', minTakerAmount: '50' }
    for (const body of [
      [item],
      { items: [item], meta: {} },
      { [HASH]: { status: 'filled', makerAmount: '100' } },
    ]) {
      const [fact] = orders(normalise(read('GET /order/maker/:address', body)))
      expect(fact).toMatchObject({ aliases: [{ value: HASH }], claim: { status: 'filled' } })
      expect(fact?.learned.source?.amount?.amountRaw).toBe('100')
    }
  })

  it('tells the true maker beside the contract that signed an order of the native asset', () => {
    const [fact] = orders(normalise(read('GET /order/status/:orderHash', { ...status, maker: '0xBEEF' })))
    expect(fact?.learned).toMatchObject({ maker: '0xf2', details: { 'true maker': '0xBEEF' } })
    expect(fact?.mentions).toContainEqual({ kind: 'maker', value: '0xBEEF' })
  })

  it('that an order is not known is a fact about it', () => {
    const facts = normalise(read('GET /order/status/:orderHash', { statusCode: 404 }, { httpStatus: 404 }))
    expect(orders(facts)).toMatchObject([{ kind: 'notFound', claim: null }])
  })
})

describe('the feed of Solana', () => {
  const feed = '/v1.0/501'
  const common = {
    transactionSignature: '5sig',
    slotNumber: 7,
    blockTime: 1_795_273_200,
    action: 'create',
    commitment: 'confirmed',
    orderHash: '8ordr',
    maker: '9mkr',
  }

  it('carries times of its own and orders under base58', () => {
    const order = {
      srcMint: 'So11111111111111111111111111111111111111112',
      srcAmount: '1000',
      minDstAmount: 5,
    }
    const [fact] = orders(factsOf({ event: 'create', result: { ...common, order } }, feed))
    expect(fact).toMatchObject({
      kind: 'received',
      atMs: 1_795_273_200_000,
      claim: { status: 'pending' },
      learned: {
        maker: '9mkr',
        source: { chainId: 501, amount: { amountRaw: '1000', decimals: 9, symbol: 'SOL' } },
        destination: { amount: { amountRaw: '5' } },
      },
    })
  })

  it('tells who filled and how much, and that an order was cancelled', () => {
    const fill = { ...common, resolver: '7res', filledMakerAmount: '10', filledAuctionTakerAmount: '3' }
    const [filled] = orders(factsOf({ event: 'fill', result: fill }, feed))
    expect(filled).toMatchObject({
      claim: { status: 'partially-filled' },
      learned: { solver: '7res', parts: { fills: { '5sig': { filledMakerAmount: '10' } } } },
    })
    const [cancelled] = orders(factsOf({ event: 'cancel', result: common }, feed))
    expect(cancelled?.claim?.status).toBe('cancelled')
  })

  it('has none of the other feed’s events, and the other way round', () => {
    expect(drift(factsOf({ event: 'order_filled', result: { orderHash: '8' } }, feed))).toHaveLength(1)
    expect(drift(factsOf({ event: 'fill', result: { orderHash: HASH } }))).toHaveLength(1)
  })
})
