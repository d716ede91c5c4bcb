import { describe, expect, it } from 'vitest'
import {
  driftOf,
  intentOf,
  ofBody,
  quarantineOf,
  raw,
  submission,
  SUBMISSION_ID,
} from '../../../test/flashnetFacts.ts'
import lifecycle from './captures/lifecycle.json' with { type: 'json' }
import { normalise } from './normalise.ts'

const REVERTED = `payload_flagged:stage=<Execute> outcome=<Reverted> intent_index=3 tx_hash=0x${'9b'.repeat(32)} reason=reverted:gas_used=41210 output=0x8199f5f3`

describe('a captured life', () => {
  const heard = lifecycle.map((body) => ofBody(JSON.stringify(body)))

  it('is read without a word of drift or quarantine, and tells its story', () => {
    expect(heard.flatMap((facts) => [...driftOf(facts), ...quarantineOf(facts)])).toEqual([])
    const told = heard.map(intentOf)
    expect(told.map((fact) => [fact.kind, fact.claim?.status, fact.claim?.phase])).toEqual([
      ['received', 'ACCEPTED', 'open'],
      ['statusClaimed', 'INCLUDED_PENDING_FINALITY', 'executing'],
      ['statusClaimed', 'FINALIZED', 'completed'],
    ])
    expect(new Set(told.map(({ key }) => key)).size).toBe(3)
    expect(told.map(({ atMs }) => atMs)).toEqual([1_795_269_600_123, 1_795_269_621_000, 1_795_269_624_000])
  })

  it('names submission, content and transaction', () => {
    const fact = intentOf(heard[1] ?? [])
    expect(fact.aliases).toEqual([
      { kind: 'submissionId', value: SUBMISSION_ID },
      { kind: 'intentId', value: lifecycle[1]?.intentId },
    ])
    expect(fact.learned.transactions).toEqual([
      { label: 'execution', chainId: 21_022, hash: lifecycle[1]?.executionTxHash },
    ])
    expect(fact.mentions).toEqual([{ kind: 'transaction', value: lifecycle[1]?.executionTxHash }])
    expect(fact.learned.fundsLocked).toEqual({ atMs: 1_795_269_600_123 })
  })
})

describe('status words of both generations', () => {
  it.each([
    ['ACCEPTED', 'open', 1],
    ['accepted', 'open', 1],
    ['oracle_pending', 'open', 1],
    ['ORACLE_PENDING', 'open', 1],
    ['included_pending_finality', 'executing', 2],
    ['Finalized', 'completed', 3],
    ['rejected', 'failed', 3],
    ['EXPIRED', 'expired', 3],
  ])('%s is %s, and stays as it was written', (status, phase, rank) => {
    const facts = submission({ status })
    expect(intentOf(facts).claim).toEqual({ status, phase, rank })
    expect(driftOf(facts)).toEqual([])
  })

  it('keeps an unknown word verbatim, flags it and counts it', () => {
    const facts = submission({ status: 'SETTLING_ON_MARS' })
    expect(intentOf(facts).claim).toEqual({ status: 'SETTLING_ON_MARS', phase: 'unknown', rank: null })
    expect(intentOf(facts).flags).toEqual(['unknown-status'])
    expect(driftOf(facts)).toMatchObject([{ kind: 'unknown-word', what: 'SETTLING_ON_MARS' }])
  })
})

describe('why a submission came to nothing', () => {
  const late = { updatedAt: '2026-11-21T14:15:01Z', expiresAt: 1_795_270_500_000 }
  const early = { updatedAt: '2026-11-21T14:05:00Z', expiresAt: 1_795_270_500_000 }

  it.each([
    ['no message', {}, 'expired'],
    ['a null message', { statusMessage: null }, 'expired'],
    ['a deadline', { statusMessage: 'intent expired before inclusion' }, 'expired'],
    ['an oracle', { statusMessage: 'deposit oracle could not verify transfer' }, 'failed'],
    ['an admission', { statusMessage: 'admission failed: bad signature' }, 'failed'],
    ['anything else', { statusMessage: 'the moon was full' }, 'failed'],
    ['a revert', { statusMessage: REVERTED }, 'failed'],
    [
      'a revert of a passed deadline',
      { statusMessage: `${REVERTED.slice(0, -8)}bc3088ef`, ...late },
      'failed',
    ],
    ['a known deadline that passed', { statusMessage: 'the moon was full', ...late }, 'expired'],
    ['a known deadline that did not', early, 'failed'],
  ])('by %s', (_, fields, phase) => {
    expect(intentOf(submission({ status: 'EXPIRED', ...fields })).claim).toMatchObject({
      status: 'EXPIRED',
      phase,
    })
  })

  it('reads the keys of a revert in any order and names its error', () => {
    const { learned } = intentOf(submission({ status: 'EXPIRED', statusMessage: REVERTED }))
    expect(learned.parts?.['cause']?.['status']).toEqual({
      kind: 'reverted',
      stage: 'Execute',
      outcome: 'Reverted',
      intent_index: '3',
      gas_used: '41210',
      tx_hash: `0x${'9b'.repeat(32)}`,
      selector: '0x8199f5f3',
      revert: 'Reverted; matches SlippageExceeded() of Conductor.',
    })
    expect(learned.transactions).toEqual([
      { label: 'execution', chainId: 21_022, hash: `0x${'9b'.repeat(32)}` },
    ])
    expect(learned.failures).toEqual({ statusMessage: REVERTED })
    const turned = intentOf(
      submission({ status: 'EXPIRED', statusMessage: REVERTED.split(' ').reverse().join(' ') }),
    )
    expect(turned.learned.parts?.['cause']?.['status']).toMatchObject({ kind: 'reverted', gas_used: '41210' })
  })

  it('takes nothing for a value that has a strange key', () => {
    const statusMessage = '__proto__=1 constructor=2 output=0xzz tx_hash=short'
    const { learned } = intentOf(submission({ status: 'EXPIRED', statusMessage }))
    expect(learned.transactions).toBeUndefined()
    expect(learned.parts?.['cause']?.['status']).toEqual({ kind: 'other', tx_hash: 'short' })
  })
})

describe('deposits, where a gateway tells them', () => {
  it('are read in both generations, amounts exact', () => {
    const deposits = [
      {
        sparkTransferId: 'a1b2c3d4e5f60718a1b2c3d4e5f60718',
        asset: { type: 'NATIVE_SATS' },
        amount: `0x${'f'.repeat(64)}`,
        depositProof: { payloadBytes: '0xdeadbeef', signature: '0xab' },
      },
      { sparkTransferId: 'cd'.repeat(32), asset: { type: 'token', tokenId: 'btkn1foo' }, amount: 2_500 },
    ]
    const { learned, mentions } = intentOf(submission({ deposits }))
    expect(learned.parts?.['deposits']).toEqual({
      '0': {
        transferId: deposits[0]?.sparkTransferId,
        asset: 'sats',
        amount: (2n ** 256n - 1n).toString(),
        proof: 'proven',
      },
      '1': { transferId: deposits[1]?.sparkTransferId, asset: 'btkn1foo', amount: '2500', proof: '' },
    })
    expect(mentions.map(({ kind }) => kind)).toEqual(['sparkTransfer', 'sparkTransfer'])
  })

  it('keep a number beyond 2^53 exact', () => {
    const facts = ofBody(
      '{"status":"accepted","deposits":[{"sparkTransferId":"ab","amount":9007199254740993}]}',
    )
    expect(intentOf(facts).learned.parts?.['deposits']?.['0']?.['amount']).toBe('9007199254740993')
  })

  it('lock nothing when there are none', () => {
    expect(intentOf(submission({ deposits: [] })).learned.fundsLocked).toBeUndefined()
    expect(intentOf(submission({})).learned.fundsLocked).toEqual({ atMs: null })
  })

  it('are quarantined one by one', () => {
    const deposits = [7, { amount: '1' }, { sparkTransferId: 'ab', amount: '-1' }]
    const facts = submission({ deposits })
    expect(quarantineOf(facts).map(({ path }) => path)).toEqual([
      '$.body.deposits[0]',
      '$.body.deposits[1].sparkTransferId',
      '$.body.deposits[2].amount',
    ])
    expect(intentOf(facts).flags).toEqual(['quarantined'])
  })
})

describe('what else an answer may be', () => {
  it('says that the id is not known', () => {
    const envelope = { requestedId: SUBMISSION_ID, httpStatus: 404, body: 'unknown submission' }
    expect(intentOf(normalise(raw('GET /api/v1/intents/:submissionId', envelope)))).toMatchObject({
      kind: 'notFound',
      aliases: [{ kind: 'submissionId', value: SUBMISSION_ID }],
    })
  })

  it('says why an id cannot be asked for', () => {
    const envelope = { requestedId: 'a/b', httpStatus: 0, unaskable: 'Because.' }
    const { learned } = intentOf(normalise(raw('GET /api/v1/intents/:submissionId', envelope)))
    expect(learned.details).toEqual({ watch: 'Because.' })
  })

  it.each([
    ['"FINALIZED"', '$.body'],
    ['[]', '$.body'],
    ['{"intentId":"ab"}', '$.body.status'],
    ['{"status":7}', '$.body.status'],
    ['{"status":"ACCEPTED","statusMessage":{}}', '$.body.statusMessage'],
  ])('quarantines %s with its path', (body, path) => {
    expect(quarantineOf(ofBody(body)).map((fact) => fact.path)).toEqual([path])
  })

  it('still learns the rest where a field is wrong that is not essential', () => {
    const facts = submission({ status: 'FINALIZED', executionTxHash: 7 })
    expect(intentOf(facts).claim?.status).toBe('FINALIZED')
    expect(intentOf(facts).flags).toEqual(['quarantined'])
  })

  it('counts unknown fields and times that are none', () => {
    const drift = driftOf(submission({ validatorSet: [], updatedAt: 'yesterday' }))
    expect(drift.map(({ kind, what }) => [kind, what])).toEqual([
      ['unknown-field', 'validatorSet'],
      ['unknown-word', 'yesterday'],
    ])
  })

  it('is not taken in by __proto__', () => {
    const facts = ofBody('{"__proto__":{"status":"FINALIZED"},"status":"ACCEPTED"}')
    expect(intentOf(facts).claim?.status).toBe('ACCEPTED')
  })
})

describe('the gateway itself', () => {
  const info = {
    spark: { depositAddress: 'sprt1new', network: 'REGTEST' },
    execution: { contractAddress: '0x4c', chainId: 21_022 },
    paused: true,
    minDepositSats: 1_000,
  }

  it('is described in a line, its advisory flags with it', () => {
    const envelope = { httpStatus: 200, expectedDepositAddress: null, body: info }
    expect(normalise(raw('GET /api/v1/network/info', envelope))).toEqual([
      {
        about: 'link',
        kind: 'network',
        atMs: null,
        text: 'The gateway: Spark REGTEST, chain 21022, contract 0x4c, deposits to sprt1new, at least 1000 sats (advisory), paused (advisory).',
      },
    ])
  })

  it('raises an alarm when its deposit address is another one', () => {
    const envelope = { httpStatus: 200, expectedDepositAddress: 'sprt1old', body: info }
    const [, alarm] = normalise(raw('GET /api/v1/network/info', envelope))
    expect(alarm).toMatchObject({ about: 'link', kind: 'depositAddressChanged' })
    expect(JSON.stringify(alarm)).toContain('was sprt1old and is sprt1new now')
  })

  it.each([
    [{ status: 'ok' }, 'The gateway says that it is well.'],
    [{ status: 'degraded' }, 'The gateway’s health check says “degraded”.'],
    [null, 'The gateway’s health check says nothing that is known here.'],
  ])('with the health %j', (body, text) => {
    expect(normalise(raw('GET /api/v1/health', { httpStatus: 200, body }))).toMatchObject([{ text }])
  })

  it('says for how long a token is good, and when readings wait', () => {
    const body = { publicKey: '02ab', expiresAtMs: 1_795_269_900_000 + 600_000 }
    expect(normalise(raw('POST /api/v1/auth/verify', { httpStatus: 200, body }))).toMatchObject([
      { text: 'Signed in as 02ab; the token is good for 10 min and is renewed before that.' },
    ])
    const pause = { httpStatus: 429, pausedUntilMs: 1_795_269_900_000 + 30_000 }
    expect(normalise(raw('GET /api/v1/health', pause))).toMatchObject([
      { kind: 'paused', text: 'The gateway asked for a pause of 30 s (HTTP 429); readings wait.' },
    ])
  })

  it('is counted where it says what nobody described', () => {
    expect(normalise(raw('GET /api/v1/moon', { httpStatus: 200, body: {} }))).toMatchObject([
      { about: 'drift', kind: 'unknown-event', what: 'GET /api/v1/moon' },
    ])
  })
})
