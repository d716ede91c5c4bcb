import { describe, expect, it } from 'vitest'
import { facts, folded, ID, intentOf, oddities, READ_AT_MS, TX } from '../../../test/defiFacts.ts'
import { createdIntent } from '../../../test/defiGiven.ts'
import { ASKED, CREATED, wallet } from '../../../test/defiPermit.ts'
import captures from './captures/generations.json' with { type: 'json' }

describe('answers of each generation', () => {
  it.each(captures)('$name: is read without a word of drift or quarantine', ({ kind, body }) => {
    expect(oddities(facts(body, { kind }))).toEqual([])
  })

  it('flat: ends, exact amounts with decimals only where the token is listed, transactions, names', () => {
    const { aliases, claim, learned, mentions } = intentOf(facts(captures[1]?.body))
    expect(claim).toEqual({ status: 'Deposited', phase: 'executing', rank: 3 })
    expect(aliases).toEqual([
      { kind: 'intentId', value: ID },
      { kind: 'swapId', value: 'c2f6a1b0-1111-4222-8333-94b5a6c7d8e9' },
    ])
    expect(learned.source).toEqual({
      chainId: 1,
      token: '0xdAC17F958D2ee523a2206206994597C13D831ec7',
      amount: { amountRaw: '100000000', decimals: 6, decimalsOrigin: 'list', symbol: 'USDT' },
    })
    expect(learned.destination?.amount?.amountRaw).toBe('99000000')
    expect(learned.transactions).toEqual([{ label: 'user_deposit', chainId: 1, hash: TX }])
    expect(learned.fundsLocked).toEqual({ atMs: Date.UTC(2026, 10, 21, 14, 3) })
    expect(mentions).toContainEqual({ kind: 'proxy', value: '0x52bc44d5378309ee2abf1539bf71de1b7d7be3b5' })
  })

  it('nested: whole tokens become base units exactly, by the decimals that the system says', () => {
    const { learned, claim } = intentOf(facts(captures[2]?.body, { kind: 'GET /v1/swaps' }))
    expect(claim?.phase).toBe('completed')
    expect(learned.maker).toBe('9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin')
    expect(learned.source?.amount).toMatchObject({ amountRaw: '100500000', decimalsOrigin: 'system' })
    expect(learned.destination).toMatchObject({
      token: '12',
      amount: { amountRaw: '39500000000000000', decimals: 18 },
    })
    expect(learned.fundsReleased).toEqual({ atMs: Date.UTC(2026, 10, 21, 14, 5) })
  })

  it('the answer to a creation: deadline in seconds, quote in milliseconds, amounts as numbers beyond 2^53', () => {
    const quote = `{"id":"q-1","from":{"from_network_id":1,"from_token":"0xabc","from_amount_lots":9007199254740993,
      "from_amount_decimals":18},"to":{"to_min_amount_lots":1,"to_max_amount_lots":2,"to_amount_decimals":6},
      "slippage_bps":"50","expires_at":1795273500000}`
    const body = `{"id":"${ID}","deadline_at":1795273200,"approval_type":"permit2","quote":${quote}}`
    const { kind, learned } = intentOf(facts(body, { kind: 'POST /v1/intents' }))
    expect(kind).toBe('received')
    expect(learned.source?.amount).toMatchObject({ amountRaw: '9007199254740993', decimals: 18 })
    expect(learned.deadlines).toEqual([
      { kind: 'intentDeadline', atMs: 1_795_273_200_000 },
      { kind: 'quoteExpiry', atMs: 1_795_273_500_000 },
    ])
  })

  it('a creation keeps what no later answer says: deadline, refund address, quote and who asked', () => {
    const intent = createdIntent(CREATED, ASKED, { status: 'Created', from_amount_lots: '100500000' })
    expect(intent).toMatchObject({
      status: 'Created',
      maker: wallet.address,
      contradictions: [],
      source: { chainId: 1, amount: { amountRaw: '100500000', decimals: 6 } },
      destination: { chainId: 4 },
      details: { 'refund address': wallet.address, recipient: ASKED.to.to_address },
      deadlines: [{ kind: 'intentDeadline', atMs: CREATED.deadline_at * 1_000 }],
    })
    expect(intent.parts['quote']?.['quote']).toEqual({ id: ASKED.quote_id, slippageBps: '50' })
    expect(intent.parts['approval']?.['approval']).toMatchObject({
      kind: 'permit2',
      secretHash: CREATED.secret_hash,
    })
  })

  it('a creation of the generation `signed` has its ends in the quote that comes with the answer', () => {
    const asked = {
      quote_id: 'q-1',
      from: { address: '0xmaker', refund_address: '0xback' },
      to: { address: 'sol' },
    }
    const answer = {
      expires_at: 1_795_280_000,
      approval_type: 'cosign',
      quote: { id: 'q-1', expires_at: 1_795_273_500_000 },
    }
    const intent = createdIntent(answer, asked)
    expect(intent).toMatchObject({
      maker: '0xmaker',
      details: { 'refund address': '0xback', recipient: 'sol' },
    })
    expect(intent.deadlines.map(({ kind }) => kind)).toEqual(['intentDeadline', 'quoteExpiry'])
  })

  it('whole tokens of unknown decimals are shown as they were written, and are no amount', () => {
    const from = { network_id: 177, contract_address: '0xabc', amount: '1.25' }
    const { learned } = intentOf(facts({ intent_id: ID, status: 'Created', from }))
    expect(learned.source?.amount).toBeUndefined()
    expect(learned.details).toEqual({ 'amount in whole tokens': '1.25' })
  })

  it('names of networks and tokens are what the system’s own lists say', () => {
    const names = { from: { network: 'Arbitrum', symbol: 'ARB', decimals: 18 } }
    const body = {
      intent_id: ID,
      status: 'Created',
      from_network_id: 177,
      from_token: '0xa',
      from_amount_lots: '7',
    }
    const { learned } = intentOf(facts(body, { envelope: { names } }))
    expect(learned.source).toMatchObject({
      chainId: 177,
      amount: { symbol: 'ARB', decimals: 18, decimalsOrigin: 'system' },
    })
    expect(learned.details?.['source network']).toBe('Arbitrum')
  })
})

describe('status words', () => {
  it.each([
    ['Created', 'created', 0],
    ['Approved', 'open', 1],
    ['Verified', 'matched', 2],
    ['Deposited', 'executing', 3],
    ['RefundRequested', 'refunding', 4],
    ['Finished', 'completed', 5],
    ['Failed', 'failed', 5],
    ['Expired', 'expired', 5],
    ['Refunded', 'refunded', 5],
  ])('%s is %s', (status, phase, rank) => {
    expect(intentOf(facts({ intent_id: ID, status })).claim).toEqual({ status, phase, rank })
  })

  it('an unknown one is kept verbatim, flagged and counted', () => {
    const all = facts({ intent_id: ID, status: 'Teleported' })
    expect(intentOf(all)).toMatchObject({
      claim: { status: 'Teleported', phase: 'unknown', rank: null },
      flags: ['unknown-status'],
    })
    expect(oddities(all)).toMatchObject([{ kind: 'unknown-word', what: 'Teleported' }])
  })
})

describe('two clocks', () => {
  const swap = { user_deposit_tx: TX, user_deposited_at: '2026-11-21T14:59:40Z' }
  const depositedAtMs = Date.UTC(2026, 10, 21, 14, 59, 40)

  it('the system’s time of a status is believed between the reading that said otherwise and this one', () => {
    const envelope = { notBeforeMs: depositedAtMs - 5_000 }
    const read = facts({ intent_id: ID, status: 'Deposited', swap_metadata: swap }, { envelope })
    expect(intentOf(read).atMs).toBe(depositedAtMs)
  })

  it.each([
    ['before that reading', depositedAtMs + 1, READ_AT_MS],
    ['after this reading', null, depositedAtMs - 1],
  ])('a time %s counts only as that of the deposit, not of the word', (_, notBeforeMs, receivedAtMs) => {
    const body = { intent_id: ID, status: 'Deposited', swap_metadata: swap }
    const [claim, milestone] = facts(body, { receivedAtMs, envelope: { notBeforeMs } })
    expect(claim).toMatchObject({ claim: { status: 'Deposited' }, atMs: null })
    expect(milestone).toMatchObject({ kind: 'userDeposited', claim: null, atMs: depositedAtMs })
  })

  it('a story of long ago, read step by step, keeps the order in which it was read', () => {
    const old = { user_deposit_tx: TX, user_deposited_at: '2024-01-01T00:00:00Z' }
    const intent = folded({ status: 'Verified' }, { status: 'Deposited', swap_metadata: old })
    expect(intent.status).toBe('Deposited')
    expect(intent.flags).toEqual([])
  })

  it('the same word read again is one fact, and a word that came back is another', () => {
    const body = { intent_id: ID, status: 'Approved' }
    const key = (firstReadAtMs: number, receivedAtMs: number): string =>
      intentOf(facts(body, { receivedAtMs, envelope: { firstReadAtMs } })).key
    expect(key(1_000, 61_000)).toBe(key(1_000, 1_000))
    expect(key(90_000, 90_000)).not.toBe(key(1_000, 1_000))
  })

  it('a backward move is kept and flagged', () => {
    const intent = folded({ status: 'Deposited' }, { status: 'Verified' })
    expect(intent.stages.map(({ status }) => status)).toEqual(['Deposited', 'Verified'])
    expect(intent.flags).toEqual(['backward'])
  })
})

describe('what cannot be read', () => {
  it('is named by its path, and the rest is read', () => {
    const body = { intent_id: ID, status: 'Verified', from_network_id: 'Ethereum', from_amount_lots: '12' }
    const all = facts(body)
    expect(intentOf(all)).toMatchObject({
      flags: ['quarantined'],
      learned: { source: { amount: { amountRaw: '12' } } },
    })
    expect(oddities(all)).toMatchObject([{ about: 'quarantine', path: '$.body.from_network_id' }])
  })

  it.each([
    ['a list', '[]', '$.body'],
    ['a status that is a number', `{"intent_id":"${ID}","status":7}`, '$.body.status'],
    ['no id at all', '{"status":"Created"}', '$.body.intent_id'],
  ])('%s is quarantined as a whole', (_, body, path) => {
    expect(facts(body)).toMatchObject([{ about: 'quarantine', path }])
  })

  it('is not taken in by __proto__, and counts each field that nobody described', () => {
    const all = facts(`{"intent_id":"${ID}","__proto__":{"status":"Finished"},"swap_metadata":{"lane":4}}`)
    expect(intentOf(all).claim).toBeNull()
    expect(oddities(all).map((fact) => ('what' in fact ? fact.what : ''))).toEqual(['__proto__', 'lane'])
  })

  it.each([
    {
      httpStatus: 404,
      body: { code: 404, type: 'not_found', message: 'no such intent' },
      kind: 'notFound',
      refusal: 'HTTP 404: not_found: no such intent',
    },
    { httpStatus: 404, body: 'gone', kind: 'notFound', refusal: 'HTTP 404' },
    {
      httpStatus: 422,
      body: { code: 25, message: 'invalid id' },
      kind: 'readingRefused',
      refusal: 'HTTP 422: invalid id',
    },
  ])('a refusal ($refusal) says why', ({ httpStatus, body, kind, refusal }) => {
    const envelope = { httpStatus, requestedId: ID }
    expect(facts(JSON.stringify(body), { envelope })).toMatchObject([
      { kind, aliases: [{ kind: 'intentId', value: ID }], claim: null, learned: { failures: { refusal } } },
    ])
  })
})
