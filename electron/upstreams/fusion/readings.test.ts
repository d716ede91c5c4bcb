import { describe, expect, it } from 'vitest'
import { facts, HASH, ID, intentOf, MAX, OTHER_ID, RECEIVED_AT_MS } from '../../../test/fusionFacts.ts'
import type { Fact } from '../../../shared/intent/fact.ts'
import { READINGS } from './wire.ts'

function reading(body: unknown, more: Record<string, unknown> = {}): Fact[] {
  return facts(READINGS.intent, { requestedId: ID, httpStatus: 200, body, ...more })
}

describe('readings', () => {
  it('joins the id asked for and the id answered', () => {
    const fact = intentOf(reading({ intentId: OTHER_ID, status: 'matched' }))
    expect(fact.aliases.map(({ value }) => value)).toEqual([OTHER_ID, ID])
  })

  it('takes the id asked for where the answer has none, and an intent one level down', () => {
    expect(intentOf(reading({ status: 'matched' })).aliases).toEqual([{ kind: 'intentId', value: ID }])
    expect(intentOf(reading({ intent: { intentId: ID, status: 'matched' } })).claim?.status).toBe('matched')
  })

  it('learns maker, tokens, both amounts and the deadline', () => {
    const { learned, mentions } = intentOf(
      reading({
        intentId: ID,
        status: 'matched',
        sender: '0xMaker',
        recipient: '0xRecipient',
        fromChain: 421_614,
        toChain: 2_147_483_647,
        fromToken: `0x${'0'.repeat(40)}`,
        toToken: 'dust',
        amount: '1000000000000000000',
        minAmountOut: MAX,
        deadline: 1_795_273_200,
      }),
    )
    expect(learned).toMatchObject({
      maker: '0xMaker',
      source: { amount: { decimals: 18, symbol: 'ETH', decimalsOrigin: 'list' } },
      destination: { token: 'dust', amount: { amountRaw: MAX, decimals: null } },
      deadlines: [{ kind: 'intentDeadline', atMs: 1_795_273_200_000 }],
      details: { recipient: '0xRecipient' },
    })
    expect(mentions.map(({ kind }) => kind)).toEqual(['maker', 'recipient', 'token', 'token'])
  })

  it.each([
    ['a time of a refund', { refundedAt: '2026-11-21T14:30:00Z' }, { atMs: 1_795_271_400_000 }],
    ['a transaction of a refund', { refund: { txHash: HASH } }, { atMs: null }],
    ['that a refund is possible', { refundAvailableAt: '2026-11-21T14:30:00Z', refundable: true }, undefined],
    ['a refund of the other side', { destinationRefundTxHash: HASH }, undefined],
    ['a transaction that is only sent', { refundStatus: 'submitted', refundTxHash: HASH }, undefined],
    ['a transaction that is done', { refundStatus: 'REFUNDED', refundTxHash: HASH }, { atMs: null }],
    ['a refund among the transactions', { txHashes: { sourceRefund: HASH } }, { atMs: null }],
    ['the solver’s among the transactions', { txHashes: { destinationRefund: HASH } }, undefined],
    ['nothing', {}, undefined],
  ])('knows from %s whether the money is back', (_, fields, fundsReleased) => {
    const all = reading({ intentId: ID, status: 'failed', ...fields })
    expect(intentOf(all).learned.fundsReleased).toEqual(fundsReleased)
    expect(all.filter((fact) => fact.about === 'drift')).toEqual([])
  })

  it('takes 404 for an answer', () => {
    const all = reading({ error: 'unknown intent' }, { httpStatus: 404 })
    expect(intentOf(all)).toMatchObject({
      kind: 'notFound',
      claim: null,
      aliases: [{ kind: 'intentId', value: ID }],
    })
  })

  it('names the place in the body that is wrong', () => {
    expect(reading({ intentId: 7 }).filter((fact) => fact.about === 'quarantine')).toMatchObject([
      { path: '$.body.intentId' },
    ])
    expect(reading([]).filter((fact) => fact.about === 'quarantine')).toMatchObject([{ path: '$.body' }])
  })

  it('reads timelocks that are instants, never lengths of time', () => {
    const params = {
      sourceLockRequirements: { timelock: 1_795_272_480, amount: '5' },
      destination: { timelock: 900 },
    }
    const { learned } = intentOf(
      facts(READINGS.htlcParams, { requestedId: ID, httpStatus: 200, body: params }),
    )
    expect(learned.deadlines).toEqual([{ kind: 'sourceTimelock', atMs: 1_795_272_480_000 }])
    expect(learned.details?.['htlc destination.timelock']).toBe('900')
  })

  it('keeps enabled and operational apart', () => {
    const chains = [
      { name: 'Arbitrum Sepolia', enabled: true, operational: false },
      { id: 84_532, enabled: true },
    ]
    expect(facts(READINGS.chains, { httpStatus: 200, body: { chains } })).toMatchObject([
      { text: 'Chains: Arbitrum Sepolia enabled, not operational; 84532 enabled, operational: not said.' },
    ])
  })

  it('says how long the API wants to be left alone', () => {
    const pause = { httpStatus: 429, pausedUntilMs: RECEIVED_AT_MS + 20_000 }
    expect(facts(READINGS.health, pause)).toMatchObject([
      {
        about: 'link',
        kind: 'restPaused',
        text: 'The REST API asked for a pause of 20 s (HTTP 429); readings wait.',
      },
    ])
  })
})
