import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../electron/store/store.ts'
import { SATS, TOKENS } from '../flashnetWallet.ts'
import { until } from '../until.ts'
import { against } from './actingBench.ts'
import {
  CONTENT,
  deposit,
  FlashnetActing,
  HOLDS_MS,
  KEY,
  KEY_PLACE,
  RECIPIENT,
  say,
  SUBMISSION,
  takeAs,
  wallet,
} from './flashnetActing.ts'

const CLAWBACK = '00000000-1a2b-4c3d-8e4f-5a6b7c8d9e0f'

let bench: FlashnetActing

beforeEach(() => {
  bench = new FlashnetActing()
})

afterEach(() => bench.close())

describe('submitting a signed intent', () => {
  test('what was rehearsed is what the gateway gets, once, and it is followed with its deadline', async () => {
    const gateway = await bench.gatewayWith()
    takeAs(gateway, SUBMISSION)
    say(gateway, SUBMISSION, { status: 'ACCEPTED' })
    const file = deposit()
    const rehearsal = await bench.rehearsed({ signedIntent: file })
    expect(against(rehearsal)).toEqual([])
    expect(rehearsal).toMatchObject({
      effect: 'changes',
      intent: null,
      subject: /^[0-9a-f]{64}$/.exec(rehearsal.subject)?.[0],
    })
    expect(rehearsal.request.headers).toContainEqual(['authorization', '••••••••'])
    expect(gateway.commands).toEqual([])

    const answers = await Promise.all([bench.give(rehearsal), bench.give(rehearsal), bench.give(rehearsal)])
    expect(new Set(answers.map(({ actionId, outcome }) => `${outcome} ${actionId}`)).size).toBe(1)
    expect(answers[0]).toMatchObject({ outcome: 'accepted', request: rehearsal.request })
    expect(gateway.commands).toEqual([{ path: '/api/v1/execute', body: rehearsal.request.bodyText }])
    expect(rehearsal.request.url).toBe(`${gateway.url}/api/v1/execute`)

    const found = await bench.shown(
      SUBMISSION,
      'followed',
      ({ timeline, status }) => status === 'ACCEPTED' && timeline.some(({ kind }) => kind === 'submitted'),
    )
    expect(found).toMatchObject({
      id: `flash:${SUBMISSION}`,
      deadlines: [{ kind: 'intentDeadline', atMs: file['expiresAt'] }],
      contradictions: [],
      moneyAtRisk: true,
    })
    expect(JSON.stringify(found.panels)).toContain(SATS.sparkTransferId)
    // Whatever named it first, it is one row, and it is followed.
    const rows = await bench.client.intents.find({ query: 'is:watched', limit: 10 })
    expect(rows.map(({ id }) => id)).toEqual([found.id])
    expect(await bench.client.intents.find({ query: '', limit: 10 })).toHaveLength(1)
  })

  test('what the answer names is followed before it is recorded, so that no end of the console loses sight of it', async () => {
    let record = (): void => undefined
    const recorded = new Promise<void>((resolve) => (record = resolve))
    const slow = (store: Store): Store => ({
      ...store,
      recordStep: async (step) => {
        if (step.kind === 'accepted') await recorded
        return store.recordStep(step)
      },
    })
    const gateway = await bench.gatewayWith({}, KEY_PLACE, slow)
    takeAs(gateway, SUBMISSION)
    const giving = bench.give(await bench.rehearsed(deposit()))
    const list = await until('it to be followed', async () => {
      const watched = await bench.client.intents.watchList({ connection: 'flash' })
      return watched.length > 0 ? watched : null
    })
    expect(list.map(({ id }) => id)).toEqual([SUBMISSION])
    expect((await bench.client.actions.next({})).actions).toMatchObject([{ state: 'sending' }])
    record()
    expect((await giving).outcome).toBe('accepted')
  })

  test('neither token nor key nor signature rests anywhere', async () => {
    const gateway = await bench.gatewayWith()
    gateway.carryOut = () => [
      200,
      JSON.stringify({ submissionId: SUBMISSION, intentId: CONTENT, seen: gateway.tokens.at(-1) }),
    ]
    const file = deposit()
    const rehearsal = await bench.rehearsed(file)
    const answer = await bench.give(rehearsal)
    await bench.shown(SUBMISSION, 'known', ({ status, timeline }) => status !== '' || timeline.length > 0)
    const { actions } = await bench.client.actions.next({})
    const { events } = await bench.client.journal.next({ after: 0, limit: 1_000, waitMs: 0 })
    const kept = JSON.stringify([actions, events])
    expect(gateway.tokens).toHaveLength(1)
    for (const secret of [...gateway.tokens, KEY]) expect(JSON.stringify(answer) + kept).not.toContain(secret)
    expect(kept).not.toContain(file['signature'])
    // Control: where it is shown the same look finds it, and what is kept has the rest of the body.
    expect(JSON.stringify(rehearsal)).toContain(file['signature'])
    expect(kept).toContain('redacted:')
    expect(kept).toContain(SATS.sparkTransferId)
  })

  test('an answer that is lost is settled by a person alone, and meanwhile nobody submits it again', async () => {
    const gateway = await bench.gatewayWith()
    gateway.carryOut = () => null
    const file = deposit()
    const lost = await bench.give(await bench.rehearsed(file))
    expect(lost.outcome).toBe('unknown')
    const again = await bench.rehearsed(file)
    expect(against(again)).toContain('no unsettled action: unmet')
    expect((await bench.give(again)).outcome).toBe('closed')
    const ask = { action: lost.actionId, wasCarriedOut: false, reason: 'The gateway’s operator looked it up' }
    expect(await bench.client.actions.resolve(ask)).toMatchObject({
      state: 'notExecuted',
      nextReadAtMs: null,
    })
    takeAs(gateway, SUBMISSION)
    expect((await bench.give(await bench.rehearsed(file))).outcome).toBe('accepted')
    expect(gateway.commands).toHaveLength(2)
  })

  test('409 says both that it may mean', async () => {
    const gateway = await bench.gatewayWith()
    gateway.carryOut = () => [409, 'intent_id already submitted']
    const { outcome, why, advice } = await bench.give(await bench.rehearsed(deposit()))
    expect(outcome).toBe('refused')
    expect(why).toContain('“intent_id already submitted”')
    expect(why).toContain('either it was accepted before and all is well, or it came to nothing')
    expect(advice).toContain('Look up the first submissionId')
    const step = (await bench.settledAt('refused')).steps.at(-1)
    expect(step).toMatchObject({ kind: 'refused', advice })
  })

  test('what was changed after signing never leaves', async () => {
    const gateway = await bench.gatewayWith()
    const rehearsal = await bench.rehearsed({ ...deposit(), recipient: `0x${'a2'.repeat(20)}` })
    expect(against(rehearsal)).toEqual(['signature by the public key: unmet'])
    expect((await bench.give(rehearsal, 'unknown')).outcome).toBe('closed')
    await expect(bench.rehearsed({ ...deposit(), recipient: 'me' })).rejects.toThrow(
      '“recipient” is “me”; it has to be 0x and 40 hex digits',
    )
    expect(gateway.commands).toEqual([])
  })

  test('what could not be checked has to be acknowledged', async () => {
    const gateway = await bench.gatewayWith()
    takeAs(gateway, SUBMISSION)
    const { publicKey: _key, ...file } = deposit()
    const rehearsal = await bench.rehearsed(file)
    expect(against(rehearsal)).toEqual(['signature by the public key: unknown'])
    expect((await bench.give(rehearsal)).outcome).toBe('closed')
    expect(gateway.commands).toEqual([])
    expect((await bench.give(rehearsal, 'unknown')).outcome).toBe('accepted')
  })

  test('of the first generation keeps every digit of its amounts', async () => {
    const gateway = await bench.gatewayWith({ wire: 'nonce' })
    takeAs(gateway, SUBMISSION)
    const sats = '18446744073709551615'
    const file = wallet.nonceDeposit(Date.now() + HOLDS_MS, RECIPIENT, { nonce: 'nonce-4711', sats })
    const rehearsal = await bench.rehearsed(file)
    expect(against(rehearsal)).toEqual([])
    expect(rehearsal.confirmation.tail).toBe('e-4711')
    expect((await bench.give(rehearsal)).outcome).toBe('accepted')
    expect(gateway.commands).toEqual([{ path: '/api/v1/execute', body: rehearsal.request.bodyText }])
    expect(gateway.commands[0]?.body).toContain(`"amount":${sats},`)
  })
})

test('a clawback is about the transfer of the submission that failed, and is followed as one of its own', async () => {
  const gateway = await bench.gatewayWith()
  takeAs(gateway, SUBMISSION)
  say(gateway, SUBMISSION, { status: 'ACCEPTED' })
  await bench.give(await bench.rehearsed(deposit()))
  const file = wallet.clawback(Date.now() + HOLDS_MS, SATS.sparkTransferId)
  await bench.shown(SUBMISSION, 'known', ({ status }) => status === 'ACCEPTED')
  expect(against(await bench.rehearsed(file, 'submitClawback', SUBMISSION))).toEqual([
    'submission not final: unknown',
  ])
  say(gateway, SUBMISSION, { status: 'EXPIRED' })
  await bench.client.intents.reread({ id: SUBMISSION })
  await bench.shown(SUBMISSION, 'expired', ({ status }) => status === 'EXPIRED')
  const { commands } = await bench.client.actions.offered({ intent: SUBMISSION })
  expect(commands.find(({ name }) => name === 'submitClawback')).toMatchObject({ isOpen: true })

  const rehearsal = await bench.rehearsed(file, 'submitClawback', SUBMISSION)
  expect(against(rehearsal)).toEqual([])
  expect(rehearsal).toMatchObject({
    subject: SATS.sparkTransferId,
    confirmation: { tail: SUBMISSION.slice(-6) },
  })
  takeAs(gateway, CLAWBACK)
  expect((await bench.give(rehearsal)).outcome).toBe('accepted')
  expect(gateway.commands[1]).toEqual({ path: '/api/v1/execute', body: rehearsal.request.bodyText })
  expect(gateway.commands).toHaveLength(2)
  const told = await bench.shown(SUBMISSION, 'told of', ({ timeline }) =>
    timeline.some(({ kind, words }) => kind === 'actionAccepted' && words?.includes(CLAWBACK) === true),
  )
  expect(told.status).toBe('EXPIRED')
})

test('deposits are verified as often as wanted, and the answer is shown whole', async () => {
  const gateway = await bench.gatewayWith()
  const proof = { payloadBytes: '0xdeadbeef', signature: `0x${'ab'.repeat(64)}` }
  const said = {
    proofs: [{ index: 0, proof }],
    rejections: [
      { index: 1, sparkTransferId: TOKENS.sparkTransferId, reason: 'amount_mismatch', message: 'no' },
    ],
  }
  gateway.carryOut = () => [200, JSON.stringify(said)]
  const transfers = [SATS, TOKENS].map(({ sparkTransferId }) => ({ sparkTransferId }))
  const order = {
    command: 'verifyDeposit',
    connection: 'flash',
    input: { intentId: 'ab'.repeat(32), transfers },
  }
  const read = await bench.client.actions.read(order)
  expect(read).toMatchObject({ outcome: 'accepted', response: said })
  expect(read.why).toContain('1 of 2 transfers are proven.')
  expect(gateway.commands).toEqual([{ path: '/api/v1/verifyDeposit', body: read.request?.bodyText }])
  gateway.carryOut = () => [503, 'no verifier']
  expect(await bench.client.actions.read(order)).toMatchObject({
    outcome: 'refused',
    why: expect.stringContaining('not configured to verify deposits') as string,
  })
  expect((await bench.client.actions.next({})).actions).toEqual([])
})
