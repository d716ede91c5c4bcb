import { describe, expect, it } from 'vitest'
import {
  driftOf,
  facts,
  ID,
  intentOf,
  MAX,
  OTHER_ID,
  quarantineOf,
  raw,
  RECEIVED_AT_MS,
} from '../../../test/fusionFacts.ts'
import lifecycle from './captures/lifecycle.json' with { type: 'json' }
import { normalise } from './normalise.ts'

describe('a captured life', () => {
  const heard = lifecycle.map(({ kind, payload }) => ({ kind, facts: facts(kind, payload) }))

  it('is read without a word of drift or quarantine', () => {
    expect(heard.flatMap((event) => [...driftOf(event.facts), ...quarantineOf(event.facts)])).toEqual([])
  })

  it('tells its story', () => {
    const told = heard.flatMap((event) => event.facts).filter((fact) => fact.about === 'intent')
    expect(told.map((fact) => [fact.kind, fact.claim?.status ?? null, fact.claim?.phase ?? null])).toEqual([
      ['received', 'proofs_pending', 'created'],
      ['proofClaimed', null, null],
      ['statusClaimed', 'matched', 'matched'],
      ['statusClaimed', 'matched', 'matched'],
      ['statusClaimed', 'executing', 'executing'],
      ['removed', null, null],
    ])
    expect(told[2]?.key).toBe(told[3]?.key)
    expect(new Set(told.map((fact) => fact.key)).size).toBe(5)
  })

  it('learns the lock, its transaction and its timelock', () => {
    const { learned, atMs } = intentOf(heard[5]?.facts ?? [])
    expect(atMs).toBe(1_795_269_780_000)
    expect(learned.fundsLocked).toEqual({ atMs })
    expect(learned.transactions).toEqual([
      { label: 'sourceLock', chainId: 421_614, hash: lifecycle[5]?.payload.txHashes?.sourceLock },
    ])
    expect(learned.deadlines).toEqual([{ kind: 'sourceTimelock', atMs: 1_795_272_480_000 }])
  })
})

describe('status events', () => {
  it.each([
    ['proofs_pending', 'created', 0],
    ['proofs_verified', 'open', 1],
    ['matched', 'matched', 1],
    ['waiting_for_source_lock', 'locking', 3],
    ['executing', 'executing', 4],
    ['completed', 'completed', 5],
    ['failed', 'failed', 5],
  ])('%s is %s', (status, phase, rank) => {
    expect(intentOf(facts('intent:status', { intentId: ID, status })).claim).toEqual({ status, phase, rank })
  })

  it('keeps an unknown word verbatim, flags it and counts it', () => {
    const all = facts('intent:status', { intentId: ID, status: 'settling_shielded' })
    const fact = intentOf(all)
    expect(fact.claim).toEqual({ status: 'settling_shielded', phase: 'unknown', rank: null })
    expect(fact.flags).toEqual(['unknown-status'])
    expect(driftOf(all)).toEqual([
      { about: 'drift', kind: 'unknown-word', where: 'intent:status.status', what: 'settling_shielded' },
    ])
  })

  it('learns the rest where the status is missing, and claims nothing', () => {
    const fact = intentOf(facts('intent:status', { intentId: ID, solver: '0x52', updatedAt: 1_795_269_780 }))
    expect(fact.claim).toBeNull()
    expect(fact.kind).toBe('detailLearned')
    expect(fact.learned.solver).toBe('0x52')
  })

  it('gives one change one key, whichever room carried it', () => {
    const change = { intentId: ID, status: 'matched', updatedAt: '2026-11-21T14:00:00Z', solver: '0x52' }
    const key = (kind: string, more: object): string => intentOf(facts(kind, { ...change, ...more })).key
    const once = key('intent:status', { timestamp: 1_795_269_780_001 })
    expect(key('intent:status_changed', { timestamp: 1_795_269_780_002, oldStatus: 'SOLVER_FOUND' })).toBe(
      once,
    )
    expect(key('intent:new', {})).toBe(once)
    expect(key('intent:status', { solver: '0x53' })).not.toBe(once)
    expect(key('intent:status', { status: 'executing' })).not.toBe(once)
    expect(key('intent:status', { updatedAt: '2026-11-21T14:00:01Z' })).not.toBe(once)
    expect(key('intent:status', { intentId: OTHER_ID })).not.toBe(once)
  })

  it('concludes the same from every frame that tells one change, so that it does not matter which comes first', () => {
    const change = { intentId: ID, status: 'matched', updatedAt: '2026-11-21T14:00:00Z', solver: '0x52' }
    const kinds = ['intent:status', 'intent:new', 'intent:status_changed']
    const [first, ...others] = kinds.map((kind) => intentOf(facts(kind, { ...change, oldStatus: 'FOUND' })))
    for (const other of others) expect(other).toEqual(first)
  })

  it('tells two changes apart by our clock where the wire gives no time', () => {
    const early = intentOf(facts('intent:status', { intentId: ID, status: 'matched' }))
    const late = intentOf(
      normalise({
        ...raw('intent:status', { intentId: ID, status: 'matched' }),
        receivedAtMs: RECEIVED_AT_MS + 1,
      }),
    )
    expect(late.key).not.toBe(early.key)
    expect(early.atMs).toBeNull()
  })

  it.each([
    { name: '2^256-1 as text', text: `"${MAX}"`, amountRaw: MAX, lossyCount: 0 },
    { name: '2^256-1 as a number', text: MAX, amountRaw: MAX, lossyCount: 1 },
    { name: 'a number beyond 2^53', text: '9007199254740993', amountRaw: '9007199254740993', lossyCount: 1 },
    { name: 'a small number', text: '42', amountRaw: '42', lossyCount: 1 },
    { name: 'zero', text: '"0"', amountRaw: '0', lossyCount: 0 },
  ])('keeps an amount of $name exact', ({ text, amountRaw, lossyCount }) => {
    const all = facts('intent:status', `{"intentId":"${ID}","status":"matched","amount":${text}}`)
    expect(intentOf(all).learned.source?.amount).toEqual({
      amountRaw,
      decimals: null,
      decimalsOrigin: 'unknown',
      symbol: null,
    })
    expect(driftOf(all).filter((fact) => fact.kind === 'lossy-number')).toHaveLength(lossyCount)
  })

  it.each([
    ['ISO', '2026-11-21T14:00:00.000Z'],
    ['seconds', 1_795_269_600],
    ['milliseconds', 1_795_269_600_000],
  ])('reads a time in %s', (_, updatedAt) => {
    expect(intentOf(facts('intent:status', { intentId: ID, status: 'matched', updatedAt })).atMs).toBe(
      1_795_269_600_000,
    )
  })

  it('counts a time that is none, and believes nothing of it', () => {
    const all = facts('intent:status', { intentId: ID, status: 'matched', updatedAt: 'yesterday' })
    expect(intentOf(all).atMs).toBeNull()
    expect(driftOf(all)).toMatchObject([{ where: 'intent:status.updatedAt', what: 'yesterday' }])
  })

  it('takes chain ids as numbers and as numeric texts', () => {
    const { learned } = intentOf(
      facts('intent:status', { intentId: ID, status: 'matched', fromChain: '84532', toChain: 421_614 }),
    )
    expect([learned.source?.chainId, learned.destination?.chainId]).toEqual([84_532, 421_614])
  })

  it('shows both error and failureReason, and leaves the internal word to the raw event', () => {
    const { learned } = intentOf(
      facts('intent:status_changed', {
        intentId: ID,
        status: 'failed',
        oldStatus: 'DEST_LOCK_TIMEOUT',
        error: 'no lock',
        failureReason: { code: 7 },
      }),
    )
    expect(learned.failures).toEqual({ error: 'no lock', failureReason: '{"code":7}' })
    expect(JSON.stringify(learned)).not.toContain('DEST_LOCK_TIMEOUT')
  })

  it('counts each unknown field', () => {
    const drift = driftOf(facts('intent:status', { intentId: ID, status: 'matched', vault: 1, __extra: 2 }))
    expect(drift.map(({ kind, what }) => [kind, what])).toEqual([
      ['unknown-field', 'vault'],
      ['unknown-field', '__extra'],
    ])
  })

  it('is not taken in by __proto__', () => {
    const all = facts('intent:status', `{"intentId":"${ID}","__proto__":{"status":"completed"}}`)
    expect(intentOf(all).claim).toBeNull()
    expect(driftOf(all)).toMatchObject([{ what: '__proto__' }])
  })
})

describe('other events', () => {
  it('reads removed and not_found without guessing an outcome', () => {
    expect(intentOf(facts('intent:removed', { intentId: ID, timestamp: 1_795_269_600 }))).toMatchObject({
      kind: 'removed',
      claim: null,
      atMs: 1_795_269_600_000,
    })
    expect(intentOf(facts('intent:not_found', { intentId: ID })).kind).toBe('notFound')
    expect(intentOf(facts('intent:not_found', `"${ID}"`)).aliases).toEqual([{ kind: 'intentId', value: ID }])
  })

  it('gives one proof change one key in both rooms', () => {
    const proof = {
      intentId: ID,
      proofStatus: 'verified',
      oldProofStatus: 'pending',
      proofGeneratedAt: 1_795_269_600,
    }
    const one = intentOf(facts('intent:proof', { ...proof, timestamp: 1_795_269_601 }))
    const other = intentOf(facts('intent:proof_changed', { ...proof, timestamp: 1_795_269_602 }))
    expect(one.key).toBe(other.key)
    expect(one.learned.proofStatus).toBe('verified')
  })

  it('samples the counters by their own names, new ones too', () => {
    const all = facts('mempool:stats', { total: 9, matched: 0, parked: 2, note: 'x' })
    expect(all[0]).toEqual({
      about: 'sample',
      series: 'mempool',
      atMs: null,
      values: { total: 9, matched: 0, parked: 2 },
    })
    expect(driftOf(all).map(({ what }) => what)).toEqual(['parked', 'note'])
  })

  it('names the counter that is none and keeps the others', () => {
    const all = facts('mempool:stats', { total: -1, matched: 3 })
    expect(all[0]).toMatchObject({ values: { matched: 3 } })
    expect(quarantineOf(all).map(({ path }) => path)).toEqual(['$.total'])
  })

  it('reports the event that the contract says is never sent, and keeps it on the timeline', () => {
    const all = facts('intent:settlement_proof', { intentId: ID, timestamp: 1_795_269_600 })
    expect(driftOf(all)).toEqual([
      { about: 'drift', kind: 'unpromised-event', where: 'event', what: 'intent:settlement_proof' },
    ])
    expect(intentOf(all).aliases).toEqual([{ kind: 'intentId', value: ID }])
  })

  it('counts an event that nobody described', () => {
    expect(facts('solver:bond', { amount: '1' })).toEqual([
      { about: 'drift', kind: 'unknown-event', where: 'event', what: 'solver:bond' },
    ])
  })

  it('understands the first of several arguments, and counts the rest', () => {
    const all = facts('intent:status', [{ intentId: ID, status: 'matched' }, { trace: 1 }])
    expect(intentOf(all).claim?.status).toBe('matched')
    expect(driftOf(all)).toMatchObject([{ where: 'arguments', what: '2 arguments' }])
  })

  it.each([
    [{ message: 'rate limited' }, 'rate limited'],
    ['too many rooms', 'too many rooms'],
    [{ code: 7 }, '{"code":7}'],
    [[], 'nothing'],
  ])('says what the server’s error %j says', (payload, text) => {
    expect(facts('error', JSON.stringify(payload))).toMatchObject([
      { about: 'link', kind: 'error', text: `The server reported an error: ${text}` },
    ])
  })
})
