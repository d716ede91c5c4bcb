import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Fact, IntentFact, QuarantineFact } from '../../../shared/intent/fact.ts'
import { foldFacts } from '../../../shared/intent/fold.ts'
import { connectionId, intentIdOf } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import { redact } from '../kit/redact.ts'
import { normalise } from './normalise.ts'
import { READINGS, REPLIES } from './wire.ts'

interface GoldenFrame {
  kind: string
  frame: string
}

const frames = JSON.parse(
  readFileSync(new URL('captures/frames.json', import.meta.url), 'utf8'),
) as GoldenFrame[]
const HASH = '0x2b0be90253576253df4090c0d2cd882004ebe437b4a58ab2ce082c6583b385f4'
const SECRET = '9fc9953b5689cbd9fbdb0f1e524a19a59e4101a0d9ac2d9eb868ceb603df968a'
const NOW_MS = Date.UTC(2026, 0, 1, 0, 2)
const connection = connectionId('plus')

function facts(kind: string, payload: string, more: { origin?: Origin; receivedAtMs?: number } = {}): Fact[] {
  const { origin = 'push', receivedAtMs = NOW_MS } = more
  const event = { connection, system: 'oneinch-fusion-plus', kind, origin, receivedAtMs } as const
  return normalise({ ...event, payload: redact(payload), isSample: false })
}

function golden(name: string): string {
  const found = frames.find(({ kind }) => kind === name)
  if (found === undefined) throw new Error(`There is no golden frame ${name}.`)
  return found.frame
}

function one(found: readonly Fact[]): IntentFact {
  const [first] = found
  if (first?.about !== 'intent')
    throw new Error(`The first fact is none of an intent: ${JSON.stringify(found)}`)
  return first
}

function folded(found: readonly (Fact & { receivedAtMs?: number })[], origin: Origin = 'poll'): Intent {
  const intents = found.filter((fact) => fact.about === 'intent')
  return foldFacts(
    {
      id: intentIdOf(connection, { kind: 'orderHash', value: HASH }),
      system: 'oneinch-fusion-plus',
      connection,
    },
    intents.map((fact) => ({ fact, origin, receivedAtMs: NOW_MS })),
  )
}

/** A status as the API answers it, with escrow events of one fill. */
function status(fields: object): string {
  const body = { orderHash: HASH, status: 'pending', srcChainId: 1, dstChainId: 42161, fills: [], ...fields }
  return JSON.stringify({ requestedId: HASH, httpStatus: 200, body })
}

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

describe('the frames of the published SDK', () => {
  it('order_created is an open order, its destination token not guessed from the placeholder', () => {
    const found = facts('order_created', golden('event:order_created'))
    expect(found).toHaveLength(1)
    const { learned, ...fact } = one(found)
    expect(fact).toMatchObject({
      kind: 'received',
      aliases: [{ kind: 'orderHash', value: HASH }],
      claim: { status: 'pending', phase: 'open', rank: 1 },
      flags: [],
    })
    expect(learned).toMatchObject({
      maker: '0xda6624d1c0297c937c792fe945825e53ad39c50f',
      source: { chainId: 1, amount: { amountRaw: '1500000000000000000', decimals: null } },
      destination: { chainId: 42161, amount: { amountRaw: '4100000000' } },
    })
    expect(learned.destination).not.toHaveProperty('token')
  })

  it.each([
    ['order_invalid', 'invalidated', null],
    ['order_balance_change', 'balanceChanged', null],
    ['order_allowance_change', 'allowanceChanged', null],
    ['order_filled', 'filled', null],
    ['order_filled_partially', 'filledPartially', null],
    ['order_cancelled', 'cancelled', { status: 'cancelled', phase: 'cancelled' }],
  ])('%s is %s', (event, kind, claim) => {
    const found = facts(event, golden(`event:${event}`))
    expect(found).toHaveLength(1)
    const fact = one(found)
    expect(fact.kind).toBe(kind)
    if (claim === null) expect(fact.claim).toBeNull()
    else expect(fact.claim).toMatchObject(claim)
  })

  it('secret_shared tells that the secret is out, and nothing of the secret', () => {
    const found = facts('secret_shared', golden('event:secret_shared'))
    expect(found).toHaveLength(1)
    expect(one(found)).toMatchObject({
      kind: 'secretShared',
      aliases: [{ kind: 'orderHash', value: HASH }],
      claim: null,
      learned: {
        solver: '0xf1c22ca0432786b73fb7d7f7ae61813967ab20a5',
        fundsLocked: { atMs: 1_767_225_600_000 },
        parts: {
          secrets: { '0': { sharedAtMs: String(NOW_MS), sourceDeployedAtMs: '1767225600000' } },
          timelocks: { order: { sourceWithdrawal: '36', destinationCancellation: '252' } },
        },
      },
    })
    expect(JSON.stringify(found)).not.toContain(SECRET)
  })

  it('the replies are read: active orders with their deadline, pings, methods', () => {
    const [active] = facts(REPLIES.activeOrders, golden('rpc:getActiveOrders'))
    expect(active).toMatchObject({
      kind: 'listed',
      claim: { phase: 'open' },
      learned: {
        deadlines: [
          { kind: 'intentDeadline', atMs: Date.UTC(2026, 0, 1, 0, 5, 12) },
          { kind: 'auctionEnd', atMs: Date.UTC(2026, 0, 1, 0, 5) },
        ],
      },
    })
    const secrets = facts(REPLIES.secrets, golden('rpc:getSecrets'))
    expect(secrets).toEqual([{ about: 'link', kind: 'secrets', atMs: null, text: null }])
    expect(facts(REPLIES.ping, golden('rpc:ping'))).toEqual([
      { about: 'link', kind: 'pong', atMs: null, text: null },
    ])
    expect(facts(REPLIES.allowedMethods, golden('rpc:getAllowedMethods'))[0]).toMatchObject({
      text: 'Methods allowed: ping, getAllowedMethods, getActiveOrders, getSecrets.',
    })
  })

  it('control: without the redaction the same frame carries the secret', () => {
    expect(golden('event:secret_shared')).toContain(SECRET)
    expect(redact(golden('event:secret_shared'))).not.toContain(SECRET)
  })
})

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
    expect(one(found).claim).toMatchObject({ phase })
    expect(folded(found).phase).toBe(phase)
    expect(found.filter(({ about }) => about === 'quarantine' || about === 'drift')).toEqual([])
  })

  it('tells each escrow event at the time of its block, once however often it is read', () => {
    const payload = withEvents('pending', SRC_CREATED, DST_CREATED)
    const [first, again] = [NOW_MS, NOW_MS + 60_000].map((receivedAtMs) =>
      facts(READINGS.status, payload, { receivedAtMs }).filter((fact) => fact.about === 'intent'),
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
    const { learned } = one(facts(READINGS.status, status({ order, takerAsset })))
    expect(learned.source?.amount).toMatchObject({ amountRaw: '1000000', decimals: 6, symbol: 'USDC' })
    expect(learned.destination).toMatchObject({ token: takerAsset, amount: { decimals: 6 } })
    const unlisted = one(facts(READINGS.status, status({ order, takerAsset: `0x${'33'.repeat(20)}` })))
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
    expect(one(found)).toMatchObject({
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

describe('what is wrong', () => {
  it.each([
    ['order_created', '{"event":"order_created","result":{"orderHash":7}}', '$.result.orderHash'],
    ['order_filled', '{"event":"order_filled","result":[]}', '$.result'],
    ['order_filled', '{"event":"order_filled"}', '$.result'],
    ['order_filled', '[1,2]', '$'],
    ['order_filled', '{"event":', '$'],
    [
      'secret_shared',
      '{"event":"secret_shared","result":{"idx":0,"srcImmutables":{}}}',
      '$.result.srcImmutables.orderHash',
    ],
    [READINGS.status, status({ fills: [{ escrowEvents: [7] }] }), '$.body.fills[0].escrowEvents[0]'],
    [READINGS.status, status({ status: 7 }), '$.body.status'],
  ])('%s: %s is quarantined at %s', (kind, payload, path) => {
    const found = facts(kind, payload)
    const quarantined = found.filter((fact): fact is QuarantineFact => fact.about === 'quarantine')
    expect(quarantined.map((fact) => fact.path)).toContain(path)
  })

  it('reads a payload that is called data, and counts it as drift', () => {
    const found = facts('order_filled', `{"event":"order_filled","data":{"orderHash":"${HASH}"}}`)
    expect(found).toMatchObject([
      { about: 'intent', kind: 'filled' },
      { about: 'drift', kind: 'unknown-field', what: 'data' },
    ])
  })

  it('keeps an event that nobody has described on the timeline of its order', () => {
    const found = facts('order_teleported', `{"event":"order_teleported","result":{"orderHash":"${HASH}"}}`)
    expect(found).toMatchObject([
      { about: 'drift', kind: 'unknown-event', what: 'order_teleported' },
      { about: 'intent', kind: 'undescribedEventReceived' },
    ])
  })
})
