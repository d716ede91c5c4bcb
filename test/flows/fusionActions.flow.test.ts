import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../electron/sandbox/index.ts'
import { settableClock, type SettableClock } from '../../electron/sandbox/kit/clock.ts'
import type { WorldIntent } from '../../electron/sandbox/world/intent.ts'
import type { ActAnswer, ActionRecord, Rehearsal } from '../../shared/api/action.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'

const HASH = `0x${'5a'.repeat(32)}`
const PREPARE = 'POST /api/midnight/refund/prepare'
const SUBMITTED = 'POST /api/midnight/refund/sessions/:refundSessionId/submitted'

let bench: FlowBench
let clock: SettableClock
let sandbox: Sandbox

beforeEach(async () => {
  bench = new FlowBench()
  // A whole second, so that a timelock in seconds is the very instant of the story.
  clock = settableClock(Math.floor(Date.now() / 1_000) * 1_000)
  sandbox = bench.keep(await startSandbox({ seed: 7, rate: 1, clock, systems: ['fusion'] }))
  await bench.start(sandbox.connections)
  await bench.live()
})

afterEach(() => bench.close())

function isFailedWithLock({ stage, route, locks: { source } }: WorldIntent): boolean {
  return stage === 'failed' && route.from.family === 'midnight' && source !== null && source.spent === null
}

/** What the sandbox has the console follow from the first moment. */
function examples(): WorldIntent[] {
  const ids = sandbox.connections[0]?.settings?.['watch'] as string[]
  return ids.map((id) => sandbox.world.find(id)).filter((intent) => intent !== undefined)
}

function refundable(): string {
  const found = examples().find(({ locks }) => (locks.source?.timelockAtMs ?? Infinity) < clock.nowMs())
  if (found === undefined || !isFailedWithLock(found)) throw new Error('the story has no open refund')
  return found.id
}

function prepare(command: string, intent: string, input: Record<string, unknown> = {}): Promise<Rehearsal> {
  return bench.client.actions.prepare({ command, intent, input })
}

function give({ draft, hash, confirmation: { tail, amount } }: Rehearsal): Promise<ActAnswer> {
  return bench.client.actions.give({
    draft,
    hash,
    reason: 'Case 4711: the customer wants the funds back.',
    confirm: tail,
    ...(amount === null ? {} : { amount }),
  })
}

async function record(id: string): Promise<ActionRecord> {
  const { actions } = await bench.client.actions.next({})
  const found = actions.find((action) => action.id === id)
  if (found === undefined) throw new Error('There is no such action.')
  return found
}

/** Waits until an action stands as it should. */
function settled(id: string, state: ActionRecord['state']): Promise<ActionRecord> {
  return until(`the action to be ${state}`, async () => {
    const found = await record(id)
    return found.state === state ? found : null
  })
}

const counted = (route: string): number => sandbox.history.fusion.readingCount(route)

describe('a refund', () => {
  test('is prepared, confirmed, reported, and seen to its end', async () => {
    const id = refundable()
    await bench.shown(id, 'known', ({ status }) => status === 'failed')
    const query = 'status:failed is:at-risk chain:2147483647'
    const found = await bench.client.intents.find({ query })
    expect(found.some(({ aliases }) => aliases.some(({ value }) => value === id))).toBe(true)
    const rehearsal = await prepare('prepareRefund', id)
    expect(rehearsal.preconditions.filter(({ state }) => state !== 'met')).toEqual([])
    expect(rehearsal.request).toMatchObject({ method: 'POST', body: { intentId: id } })
    expect(counted(PREPARE)).toBe(0)

    const prepared = await give(rehearsal)
    expect(prepared).toMatchObject({ outcome: 'accepted', response: { intentId: id } })
    const { facts } = await record(prepared.actionId)
    const known = await bench.shown(id, 'prepared', ({ details }) => details['refundStatus'] === 'prepared')
    expect(known.details['refundSessionId']).toBe(facts['refundSessionId'])
    expect(known.moneyAtRisk).toBe(true)

    // The session is filled in from what the intent shows.
    const reported = await give(await prepare('reportRefundSubmitted', id, { txHash: HASH }))
    expect(reported.outcome).toBe('accepted')
    const sent = await bench.shown(id, 'submitted', ({ details }) => details['refundTxHash'] === HASH)
    expect([sent.moneyAtRisk, sent.fundsReleasedAtMs]).toEqual([true, null])

    clock.advanceBy(60_000)
    const refunded = await bench.shown(id, 'refunded', ({ moneyAtRisk }) => !moneyAtRisk)
    expect(refunded.course.map(({ label }) => label)).toEqual(['Failed and refunded'])
    expect(refunded.transactions).toContainEqual(
      expect.objectContaining({ label: 'sourceRefund', hash: HASH }),
    )
    expect(refunded.timeline.filter(({ kind }) => kind === 'actionAccepted')).toHaveLength(2)
    expect([counted(PREPARE), counted(SUBMITTED)]).toEqual([1, 1])
    expect((await prepare('prepareRefund', id)).isOpen).toBe(false)
  })

  test('is closed, with its countdown, while the timelock runs', async () => {
    const waiting = examples().find(({ locks }) => (locks.source?.timelockAtMs ?? 0) > clock.nowMs())
    if (waiting === undefined) throw new Error('the story has no timelock that runs')
    await bench.shown(waiting.id, 'known', ({ status }) => status === 'failed')
    const { commands } = await bench.client.actions.offered({ intent: waiting.id })
    const offered = commands.find(({ name }) => name === 'prepareRefund')
    const opensAtMs = Math.floor((waiting.locks.source?.timelockAtMs ?? 0) / 1_000) * 1_000
    expect(offered).toMatchObject({ isOpen: false, opensAtMs })
    expect(offered?.why).toMatch(/^The source timelock runs until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/)
    const answer = await give(await prepare('prepareRefund', waiting.id))
    expect(answer).toMatchObject({ outcome: 'closed', opensAtMs })
    expect(counted(PREPARE)).toBe(0)
  })

  test('whose answer is lost is found out by reading, and never asked for again', async () => {
    const id = refundable()
    await bench.shown(id, 'known', ({ status }) => status === 'failed')
    const rehearsal = await prepare('prepareRefund', id)
    sandbox.faults.fusion.apply('lose-reply')
    const answer = await give(rehearsal)
    expect(answer).toMatchObject({ outcome: 'unknown', response: null })
    const action = await settled(answer.actionId, 'accepted')
    expect(action.steps[0]?.kind).toBe('sending')
    expect(counted(PREPARE)).toBe(1)
  })

  test('that is carried out late is settled by a person, and told when it shows after all', async () => {
    const id = refundable()
    await bench.shown(id, 'known', ({ status }) => status === 'failed')
    const rehearsal = await prepare('prepareRefund', id)
    sandbox.faults.fusion.apply('apply-late 600')
    const answer = await give(rehearsal)
    expect(answer.outcome).toBe('unknown')
    const second = await give(await prepare('prepareRefund', id))
    expect(second.outcome).toBe('closed')
    await bench.client.actions.resolve({
      action: answer.actionId,
      wasCarriedOut: false,
      reason: 'The backend’s log shows no session.',
    })
    expect((await record(answer.actionId)).state).toBe('notExecuted')
    clock.advanceBy(600_000)
    await bench.client.intents.reread({ id })
    const action = await until('the late sign', async () => {
      const found = await record(answer.actionId)
      return found.isLate ? found : null
    })
    expect(action.steps.at(-1)?.kind).toBe('appliedLate')
    expect(counted(PREPARE)).toBe(1)
  })

  test('that the coordinator makes first is refused, with what changed', async () => {
    const id = refundable()
    await bench.shown(id, 'known', ({ status }) => status === 'failed')
    const rehearsal = await prepare('prepareRefund', id)
    const intent = sandbox.world.find(id)
    if (intent === undefined) throw new Error('the story has lost an intent')
    sandbox.world.act(intent, { kind: 'spent', side: 'source', by: 'refund', transaction: HASH })
    const answer = await give(rehearsal)
    expect(answer.outcome).toBe('refused')
    expect(answer.changes?.length).toBeGreaterThan(0)
    expect(counted(PREPARE)).toBe(0)
  })
})

test('a source-lock session is opened and reported, and the lock stands on the intent', async () => {
  const waiting = [...sandbox.world.intents()].findLast(
    ({ stage, route, deadlineAtMs }) =>
      stage === 'locking' && route.from.family === 'midnight' && deadlineAtMs > Date.now() + 60_000,
  )
  if (waiting === undefined) throw new Error('the story has nothing that waits for its lock')
  const { id } = waiting
  await bench.client.intents.watch({ connection: 'demo-fusion', id, isWatched: true })
  await bench.shown(id, 'known', ({ status, details }) => status !== '' && details['recipient'] !== undefined)
  const opened = await give(await prepare('createSourceLockSession', id))
  expect(opened.outcome).toBe('accepted')
  const { sessionId } = (await record(opened.actionId)).facts
  const contractAddress = '11'.repeat(32)
  const deployed = await prepare('reportDeploySubmitted', id, { sessionId, txHash: HASH, contractAddress })
  expect((await give(deployed)).outcome).toBe('accepted')
  const locked = await prepare('reportLockSubmitted', id, { sessionId, txHash: HASH })
  expect((await give(locked)).outcome).toBe('accepted')
  clock.advanceBy(30_000)
  const shown = await bench.shown(id, 'locked', ({ fundsLockedAtMs }) => fundsLockedAtMs !== null)
  expect(shown.transactions.map(({ label }) => label)).toContain('sourceLock')
})

test('a signed intent is submitted once, and followed from then on', async () => {
  const sender = `0x${'a1'.repeat(20)}`
  const connection = 'demo-fusion'
  const ask = (command: string, input: Record<string, unknown>): Promise<ActAnswer> =>
    bench.client.actions.read({ command, connection, input })
  const nonce = await ask('getNonce', { address: sender, chainId: 421_614 })
  expect(nonce).toMatchObject({ outcome: 'accepted', response: { nonce: '0' } })
  expect((await ask('getDomain', { chainId: 421_614 })).response).toMatchObject({ chainId: 421_614 })
  const signedIntent = {
    intentId: `0x${'0b'.repeat(32)}`,
    sender,
    fromChain: 421_614,
    toChain: 84_532,
    fromToken: `0x${'01'.repeat(20)}`,
    toToken: `0x${'02'.repeat(20)}`,
    amount: '1000000',
    minAmountOut: '990000',
    recipient: `0x${'03'.repeat(20)}`,
    nonce: '0',
    deadline: Math.floor(Date.now() / 1_000) + 1_800,
    signature: `0x${'04'.repeat(65)}`,
  }
  const input = { signedIntent: JSON.stringify(signedIntent) }
  const rehearsal = await bench.client.actions.prepare({ command: 'submitSignedIntent', connection, input })
  expect(rehearsal.request.bodyText).toBe(JSON.stringify(signedIntent))
  const { draft, hash, confirmation } = rehearsal
  const consent = { draft, hash, reason: 'Case 4712', confirm: confirmation.tail }
  expect((await bench.client.actions.give(consent)).outcome).toBe('closed')
  const answer = await bench.client.actions.give({ ...consent, acknowledge: ['signature fits the sender'] })
  expect(answer.outcome).toBe('accepted')
  const known = await bench.shown(signedIntent.intentId, 'known', ({ status }) => status !== '')
  expect(known.row.isWatched).toBe(true)
  expect(counted('POST /api/intents/submit')).toBe(1)
  const kept = JSON.stringify(await record(answer.actionId))
  expect(kept).not.toContain('04'.repeat(65))
})
