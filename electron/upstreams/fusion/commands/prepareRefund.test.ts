import { describe, expect, it } from 'vitest'
import { ID } from '../../../../test/fusionFacts.ts'
import {
  about,
  ARBITRUM,
  given,
  inShort,
  intentWith,
  NOW_MS,
  problems,
  refundable,
  standing,
} from '../../../../test/fusionCommand.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import { prepareRefund } from './prepareRefund.ts'

const unmetOf = (said: Partial<Intent>): Promise<Record<string, string>> =>
  standing(prepareRefund, about(refundable(said)))

describe('the conditions of a refund', () => {
  it('are all met once the timelock of a failed intent with a lock on Midnight is over', async () => {
    expect(await unmetOf({})).toEqual({})
  })

  it('stay closed a second before the timelock and open at it, to the second', async () => {
    const opensAtMs = NOW_MS + 5_000
    const intent = refundable({ deadlines: [{ kind: 'sourceTimelock', atMs: opensAtMs }] })
    const timelock = prepareRefund.preconditions.find(({ name }) => name === 'source timelock expired')
    expect(await timelock?.check(about(intent, opensAtMs - 1_000))).toEqual({
      state: 'unmet',
      why: 'The source timelock runs until 2026-11-21 15:00:05 UTC; until then the solver can claim the funds.',
      opensAtMs,
    })
    expect(await timelock?.check(about(intent, opensAtMs))).toMatchObject({ state: 'met' })
  })

  it('never compute a timelock: without the lock’s own it is unknown, and the intent’s deadline is another clock', async () => {
    const deadlines = [
      { kind: 'intentDeadline', atMs: NOW_MS - 9_000_000 },
      { kind: 'destinationTimelock', atMs: NOW_MS - 9_000_000 },
    ]
    expect(Object.keys(await unmetOf({ deadlines }))).toEqual(['source timelock expired'])
    expect((await unmetOf({ deadlines }))['source timelock expired']).toMatch(/^unknown: .*not known/)
  })

  it.each<[what: string, said: Partial<Intent>, found: Record<string, RegExp>]>([
    [
      'another chain',
      { source: { chainId: ARBITRUM, token: null, amount: null } },
      { 'source on Midnight': /^unknown: .*Arbitrum Sepolia/ },
    ],
    [
      'no chain',
      { source: { chainId: null, token: null, amount: null } },
      { 'source on Midnight': /^unknown: / },
    ],
    ['no lock heard of', { fundsLockedAtMs: null }, { 'source lock known': /^unknown: / }],
    [
      'funds that came out',
      { fundsReleasedAtMs: NOW_MS },
      { 'source lock not spent': /^unmet: The funds came out 2026-11-21 15:00:00 UTC/ },
    ],
    [
      'a claim of the solver',
      { transactions: [{ label: 'sourceClaim', chainId: null, hash: '0x12' }] },
      { 'source lock not spent': /^unmet: .*sourceClaim: 0x12/ },
    ],
    [
      'a swap that is done',
      { status: 'completed', phase: 'completed' },
      { 'swap not completed': /^unmet: / },
    ],
    [
      'a status nobody described',
      { status: 'settling', phase: 'unknown' },
      { 'swap not completed': /^unknown: .*“settling”/ },
    ],
    [
      'statuses that contradict',
      { contradictions: [{ field: 'status', claims: [] }] },
      { 'swap not completed': /^unknown: .*contradict/ },
    ],
    [
      'a session',
      { details: { refundSessionId: 'r-1' } },
      { 'no other refund under way': /^unknown: refundSessionId is “r-1”/ },
    ],
    [
      'a state',
      { details: { refundStatus: 'pending' } },
      { 'no other refund under way': /^unknown: refundStatus is “pending”/ },
    ],
    [
      'a transaction',
      { transactions: [{ label: 'refund', chainId: null, hash: '0x34' }] },
      { 'no other refund under way': /^unknown: The transaction refund is 0x34/ },
    ],
  ])('say what stands against it: %s', async (_, said, expected) => {
    const found = await unmetOf(said)
    expect(Object.keys(found)).toEqual(Object.keys(expected))
    for (const [name, words] of Object.entries(expected)) expect(found[name]).toMatch(words)
  })

  it('take what only says that a refund is possible, or is the solver’s, for no refund', async () => {
    const details = {
      refundStatus: 'available',
      refundAvailableAt: '2026-11-21T14:59:59.000Z',
      destinationRefundTx: '0x56',
    }
    const transactions = [{ label: 'destinationRefund', chainId: null, hash: '0x56' }]
    expect(await unmetOf({ details, transactions })).toEqual({})
  })

  it('know that nothing is locked before the match', async () => {
    const intent = intentWith({ status: 'proofs_pending', phase: 'created' })
    const found = await standing(prepareRefund, about(intent))
    expect(found['source lock known']).toBe('unmet: The status is Proofs pending: nothing is locked yet.')
  })
})

it('takes no fields, and refuses others by name', () => {
  expect(problems(prepareRefund, {})).toEqual([])
  expect(problems(prepareRefund, { txHash: '0x12' })).toEqual([': Unrecognized key: "txHash"'])
})

it('asks for exactly these bytes', () => {
  const filledIn = given(prepareRefund, {}, refundable())
  expect(inShort(prepareRefund.request(filledIn))).toEqual([
    'POST',
    'http://127.0.0.1:3001/api/midnight/refund/prepare',
    `{"intentId":"${ID}"}`,
  ])
  expect(prepareRefund.subject(filledIn)).toBe(ID)
})

it('keeps the session that an answer names, and says when it names none', () => {
  const filledIn = given(prepareRefund, {}, refundable())
  const judge = (httpStatus: number, text: string): unknown =>
    prepareRefund.judge({ httpStatus, text, atMs: NOW_MS }, filledIn)
  expect(judge(201, '{"refundSessionId":"r-7"}')).toMatchObject({
    outcome: 'accepted',
    facts: { refundSessionId: 'r-7' },
  })
  expect(judge(200, '{}')).toMatchObject({
    outcome: 'accepted',
    facts: {},
    why: 'The system took it (HTTP 200). The answer names no refundSessionId.',
  })
  expect(judge(409, '{"error":"too early"}')).toMatchObject({ outcome: 'refused', facts: {} })
  expect(judge(502, '')).toMatchObject({ outcome: 'unknown' })
})

it('is recognised by a session that was not there before, and by nothing else', () => {
  const before = refundable({ details: { refundSessionId: 'r-1' } })
  const marks = prepareRefund.trace?.marks(given(prepareRefund, {}, before)) ?? {}
  const seen = (intent: Intent | null): unknown => prepareRefund.trace?.seen(intent, marks)
  expect(seen(before)).toBe('absent')
  expect(seen(refundable({ details: { refundSessionId: 'r-2' } }))).toBe('applied')
  expect(seen(refundable({ details: { refundStatus: 'available' } }))).toBe('absent')
  expect(seen(null)).toBe('unclear')
})
