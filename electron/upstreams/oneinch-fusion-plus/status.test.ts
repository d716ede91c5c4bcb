import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../shared/intent/fact.ts'
import { foldFacts } from '../../../shared/intent/fold.ts'
import { intentIdOf } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import {
  CONNECTION,
  facts,
  firstIntentOf,
  HASH,
  NOW_MS,
  status,
} from '../../../test/oneinchFusionPlusFacts.ts'
import { READINGS } from './wire.ts'

const SRC_CREATED = {
  transactionHash: `0x${'a1'.repeat(32)}`,
  escrow: `0x${'e1'.repeat(20)}`,
  side: 'src',
  action: 'src_escrow_created',
  blockTimestamp: Date.UTC(2026, 0, 1, 0, 1),
}
const DST_CREATED = {
  transactionHash: `0x${'a2'.repeat(32)}`,
  escrow: `0x${'e2'.repeat(20)}`,
  side: 'dst',
  action: 'dst_escrow_created',
  blockTimestamp: Date.UTC(2026, 0, 1, 0, 1, 30),
}

function withEvents(word: string, ...escrowEvents: object[]): string {
  const fill = {
    status: 'pending',
    txHash: SRC_CREATED.transactionHash,
    filledMakerAmount: '5',
    escrowEvents,
  }
  return status({ status: word, fills: [fill] })
}

function folded(found: readonly Fact[]): Intent {
  const intents = found.filter((fact) => fact.about === 'intent')
  return foldFacts(
    {
      id: intentIdOf(CONNECTION, { kind: 'orderHash', value: HASH }),
      system: 'oneinch-fusion-plus',
      connection: CONNECTION,
    },
    intents.map((fact) => ({ fact, origin: 'poll', receivedAtMs: NOW_MS })),
  )
}

describe('a status', () => {
  it.each([
    ['no fill', status({}), 'open'],
    ['a source escrow only', withEvents('pending', SRC_CREATED), 'locking'],
    ['both escrows', withEvents('pending', SRC_CREATED, DST_CREATED), 'executing'],
    ['refunding', withEvents('refunding', SRC_CREATED), 'refunding'],
    ['executed', withEvents('executed', SRC_CREATED, DST_CREATED), 'completed'],
    ['expired', status({ status: 'expired' }), 'expired'],
    ['cancelled', status({ status: 'cancelled' }), 'cancelled'],
    ['refunded', withEvents('refunded', SRC_CREATED), 'refunded'],
    ['unpublished', status({ status: 'unpublished' }), 'created'],
  ])('with %s has its phase', (_, payload, phase) => {
    const found = facts(READINGS.status, payload)
    expect(firstIntentOf(found).claim).toMatchObject({ phase })
    expect(folded(found).phase).toBe(phase)
    expect(found.filter(({ about }) => about === 'quarantine' || about === 'drift')).toEqual([])
  })

  it('tells each escrow event at the time of its block, once however often it is read', () => {
    const payload = withEvents('pending', SRC_CREATED, DST_CREATED)
    const [first, again] = [NOW_MS, NOW_MS + 60_000].map((receivedAtMs) =>
      facts(READINGS.status, payload, receivedAtMs).filter((fact) => fact.about === 'intent'),
    )
    const escrows = first?.slice(1) ?? []
    expect(escrows.map(({ kind, atMs, side }) => ({ kind, atMs, side }))).toEqual([
      { kind: 'sourceEscrowCreated', atMs: SRC_CREATED.blockTimestamp, side: 'source' },
      { kind: 'destinationEscrowCreated', atMs: DST_CREATED.blockTimestamp, side: 'destination' },
    ])
    expect(again?.slice(1).map(({ key }) => key)).toEqual(escrows.map(({ key }) => key))
    expect(again?.[0]?.key).not.toBe(first?.[0]?.key)
  })

  it('locks the funds with the source escrow and lets them go on evidence only', () => {
    const cancelled = { ...SRC_CREATED, action: 'escrow_cancelled', transactionHash: `0x${'a3'.repeat(32)}` }
    const open = folded(facts(READINGS.status, withEvents('pending', SRC_CREATED)))
    expect(open).toMatchObject({ fundsLockedAtMs: SRC_CREATED.blockTimestamp, moneyAtRisk: true })
    const expired = folded(facts(READINGS.status, withEvents('expired', SRC_CREATED)))
    expect(expired).toMatchObject({ isTerminal: true, fundsReleasedAtMs: null, moneyAtRisk: true })
    const back = folded(facts(READINGS.status, withEvents('expired', SRC_CREATED, cancelled)))
    expect(back).toMatchObject({ moneyAtRisk: false, fundsReleasedAtMs: SRC_CREATED.blockTimestamp })
  })

  it('keeps funds of a fill that is over at risk while the order may still lock more', () => {
    const paid = { ...DST_CREATED, action: 'withdrawn' }
    const collected = { ...SRC_CREATED, action: 'withdrawn' }
    const pending = folded(
      facts(READINGS.status, withEvents('pending', SRC_CREATED, DST_CREATED, paid, collected)),
    )
    expect(pending).toMatchObject({ fundsReleasedAtMs: null, moneyAtRisk: true })
  })

  it('takes the real destination token from takerAsset, and decimals only where the token is listed', () => {
    const order = {
      maker: `0x${'11'.repeat(20)}`,
      makerAsset: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48',
      takerAsset: `0x${'22'.repeat(20)}`,
      makingAmount: '1000000',
      takingAmount: '990000',
    }
    const takerAsset = '0xaf88d065e77c8cc2239327c5edb3a432268e5831'
    const { learned } = firstIntentOf(facts(READINGS.status, status({ order, takerAsset })))
    expect(learned.source?.amount).toMatchObject({ amountRaw: '1000000', decimals: 6, symbol: 'USDC' })
    expect(learned.destination).toMatchObject({ token: takerAsset, amount: { decimals: 6 } })
    const unlisted = firstIntentOf(
      facts(READINGS.status, status({ order, takerAsset: `0x${'33'.repeat(20)}` })),
    )
    expect(unlisted.learned.destination?.amount).toMatchObject({ decimals: null, decimalsOrigin: 'unknown' })
  })

  it('reads a Solana order, whose creation already locks the funds', () => {
    const order = {
      orderInfo: { srcToken: 'So11', dstToken: '0x22', maker: 'MaKeR', srcAmount: '7', minDstAmount: '6' },
      escrowParams: { timeLocks: '0x6955b900000000fc000000840000000c000001bc00000144000000a800000024' },
      details: { auction: { startTime: '1767225600', duration: '180', initialRateBump: 50_000, points: [] } },
    }
    const intent = folded(facts(READINGS.status, status({ order, srcChainId: 501, createdAt: NOW_MS })))
    expect(intent).toMatchObject({ maker: 'MaKeR', fundsLockedAtMs: NOW_MS, moneyAtRisk: true })
    expect(intent.parts['auction']).toEqual({
      '0': { atMs: '1767225600000', rateBump: '50000' },
      '1': { atMs: '1767225780000', rateBump: '0' },
    })
  })

  it('keeps words and fields that nobody has described, and counts them', () => {
    const found = facts(READINGS.status, status({ status: 'teleported', validation: 'odd', lane: 1 }))
    expect(firstIntentOf(found)).toMatchObject({
      claim: { status: 'teleported', phase: 'unknown', rank: null },
      flags: ['unknown-status'],
    })
    expect(found.filter(({ about }) => about === 'drift')).toMatchObject([
      { kind: 'unknown-field', what: 'lane' },
      { kind: 'unknown-word', what: 'teleported' },
      { kind: 'unknown-word', what: 'odd' },
    ])
  })

  it('is not found where the API does not know the hash, and says nothing else', () => {
    const found = facts(READINGS.status, JSON.stringify({ requestedId: HASH, httpStatus: 404, body: {} }))
    expect(found).toMatchObject([{ about: 'intent', kind: 'notFound', aliases: [{ value: HASH }] }])
  })
})
