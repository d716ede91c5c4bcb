import { afterEach, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'
import { settableClock, type SettableClock } from '../kit/clock.ts'
import type { WorldIntent } from '../world/intent.ts'
import { startWorld } from '../world/world.ts'
import { refundExamples } from './examples.ts'

const STARTED_AT_MS = 1_800_000_000_000
const MIDNIGHT = 2_147_483_647
const HASH = `0x${'5a'.repeat(32)}`
const DEPLOY = { txHash: HASH, contractAddress: '11'.repeat(32) }
const PREPARE = '/api/midnight/refund/prepare'
const SESSIONS = '/api/midnight/source-lock/sessions'

let clock: SettableClock
let sandbox: Sandbox

afterEach(() => sandbox.close())

async function start(): Promise<void> {
  clock = settableClock(STARTED_AT_MS)
  sandbox = await startSandbox({ seed: 7, rate: 1, clock, systems: ['fusion'] })
}

interface Answered {
  status: number
  body: Record<string, unknown>
}

async function ask(path: string, body?: object): Promise<Answered> {
  const url = `${sandbox.connections[0]?.url ?? ''}${path}`
  const response = await fetch(url, body && { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function find(matches: (intent: WorldIntent) => boolean): WorldIntent {
  const found = [...sandbox.world.intents()].find(matches)
  if (!found) throw new Error('the story has no such intent')
  return found
}

function isFailedWithLock({ stage, route, locks: { source } }: WorldIntent): boolean {
  return stage === 'failed' && route.from.family === 'midnight' && source !== null && source.spent === null
}

/** Failed, and its source timelock is still running. */
function stillRunning(): WorldIntent {
  return find(
    (intent) => isFailedWithLock(intent) && (intent.locks.source?.timelockAtMs ?? 0) > clock.nowMs(),
  )
}

/** Failed, and the coordinator has left it alone for long. */
function leftAlone(): WorldIntent {
  const [id = ''] = (sandbox.connections[0]?.settings?.['watch'] as string[] | undefined) ?? []
  return find((intent) => intent.id === id)
}

/** Those that wait for their source lock on Midnight, within their deadline. */
function waitingForLock(): WorldIntent[] {
  return [...sandbox.world.intents()].filter(
    ({ stage, route, deadlineAtMs }) =>
      stage === 'locking' && route.from.chainId === MIDNIGHT && deadlineAtMs > clock.nowMs(),
  )
}

function hashOf(place: number): string {
  return `0x${String(place).padStart(64, '5')}`
}

it('opens a refund at the timelock, not a second before', async () => {
  await start()
  const { id, locks } = stillRunning()
  const timelockAtMs = Math.floor((locks.source?.timelockAtMs ?? 0) / 1_000) * 1_000
  clock.advanceBy(timelockAtMs - 1 - clock.nowMs())
  const early = await ask(PREPARE, { intentId: id })
  expect(early.status).toBe(409)
  expect(early.body['error']).toContain(new Date(timelockAtMs).toISOString())
  clock.advanceBy(1)
  expect(await ask(PREPARE, { intentId: id })).toMatchObject({
    status: 201,
    body: { intentId: id, refundSessionId: expect.stringMatching(/^refund-/) as string },
  })
})

it('carries a refund to its end, and shows each step on the intent', async () => {
  await start()
  const { id } = leftAlone()
  const shown = async (): Promise<unknown[]> => {
    const { body } = await ask(`/api/intents/${id}`)
    return [body['refundStatus'], body['refundTxHash'], body['refundedAt'] !== null]
  }
  expect(await shown()).toEqual(['available', null, false])
  const { body } = await ask(PREPARE, { intentId: id })
  expect(await shown()).toEqual(['prepared', null, false])
  const submitted = `/api/midnight/refund/sessions/${String(body['refundSessionId'])}/submitted`
  expect(await ask(submitted, { txHash: 'no hash' })).toMatchObject({ status: 400 })
  expect(await ask(submitted, { txHash: HASH })).toMatchObject({ status: 200 })
  expect(await ask(submitted, { txHash: HASH })).toMatchObject({ status: 409 })
  expect(await shown()).toEqual(['submitted', HASH, false])
  clock.advanceBy(30_000)
  expect(await shown()).toEqual(['refunded', HASH, true])
  const { body: after } = await ask(`/api/intents/${id}`)
  expect(after['txHashes']).toMatchObject({ sourceRefund: HASH })
  expect(await ask(PREPARE, { intentId: id })).toMatchObject({ status: 409 })
})

it('lets the coordinator win the race against a refund by hand', async () => {
  await start()
  const intent = stillRunning()
  clock.advanceBy((intent.locks.source?.timelockAtMs ?? 0) - clock.nowMs())
  const { body } = await ask(PREPARE, { intentId: intent.id })
  const submitted = `/api/midnight/refund/sessions/${String(body['refundSessionId'])}/submitted`
  await ask(submitted, { txHash: HASH })
  const theirs = `0x${'77'.repeat(32)}`
  sandbox.world.act(intent, { kind: 'spent', side: 'source', by: 'refund', transaction: theirs })
  clock.advanceBy(30_000)
  expect((await ask(`/api/intents/${intent.id}`)).body).toMatchObject({
    refundStatus: 'refunded',
    refundTxHash: theirs,
  })
})

it('opens a session of its own for each preparation, and counts them', async () => {
  await start()
  const { id } = leftAlone()
  const first = await ask(PREPARE, { intentId: id })
  const second = await ask(PREPARE, { intentId: id })
  expect(second.body['refundSessionId']).not.toBe(first.body['refundSessionId'])
  expect(sandbox.history.fusion.readingCount(`POST ${PREPARE}`)).toBe(2)
})

it('loses an answer when it is told, having carried the command out', async () => {
  await start()
  const { id } = leftAlone()
  sandbox.faults.fusion.apply('lose-reply')
  await expect(ask(PREPARE, { intentId: id })).rejects.toThrow('fetch failed')
  expect((await ask(`/api/intents/${id}`)).body).toMatchObject({ refundStatus: 'prepared' })
  expect(sandbox.history.fusion.readings.find(({ httpStatus }) => httpStatus === 0)?.path).toBe(PREPARE)
})

it('carries a command out late when it is told', async () => {
  await start()
  const { id } = leftAlone()
  sandbox.faults.fusion.apply('apply-late 60')
  await expect(ask(PREPARE, { intentId: id })).rejects.toThrow('fetch failed')
  const status = async (): Promise<unknown> => (await ask(`/api/intents/${id}`)).body['refundStatus']
  clock.advanceBy(59_999)
  expect(await status()).toBe('available')
  clock.advanceBy(1)
  expect(await status()).toBe('prepared')
})

it('takes a source-lock session through its steps in order', async () => {
  await start()
  const [waiting] = waitingForLock()
  const { status, body } = await ask(SESSIONS, { intentId: waiting?.id })
  expect(status).toBe(201)
  const session = `${SESSIONS}/${String(body['sessionId'])}`
  expect(await ask(`${session}/lock-submitted`, { txHash: HASH })).toMatchObject({ status: 409 })
  expect(await ask(`${session}/deploy-submitted`, DEPLOY)).toMatchObject({ status: 200 })
  expect(await ask(`${session}/deploy-submitted`, DEPLOY)).toMatchObject({ status: 409 })
  expect(await ask(`${session}/lock-submitted`, { txHash: HASH })).toMatchObject({ status: 200 })
})

it('locks with the reported transaction once it is final, where the story has not locked before', async () => {
  await start()
  const waiting = waitingForLock()
  for (const [place, { id }] of waiting.entries()) {
    const { body } = await ask(SESSIONS, { intentId: id })
    const session = `${SESSIONS}/${String(body['sessionId'])}`
    await ask(`${session}/deploy-submitted`, DEPLOY)
    await ask(`${session}/lock-submitted`, { txHash: hashOf(place) })
  }
  clock.advanceBy(30_000)
  const locked = waiting.filter(({ locks }, place) => locks.source?.transaction === hashOf(place))
  expect(locked.length).toBeGreaterThan(0)
  expect(locked.map(({ stage }) => stage)).not.toContain('locking')
})

it('lets a session expire', async () => {
  await start()
  const [waiting] = waitingForLock()
  const { body } = await ask(SESSIONS, { intentId: waiting?.id })
  const path = `${SESSIONS}/${String(body['sessionId'])}/deploy-submitted`
  clock.advanceBy(15 * 60_000)
  expect(await ask(path, DEPLOY)).toMatchObject({ status: 410 })
})

it('relays a permit once, and only when the intent is ready for it', async () => {
  await start()
  const isEvm = ({ route, deadlineAtMs }: WorldIntent): boolean =>
    route.from.family === 'evm' && deadlineAtMs > clock.nowMs()
  const early = find((intent) => isEvm(intent) && intent.proof === 'generating')
  const ready = find((intent) => isEvm(intent) && intent.stage === 'locking' && intent.proof === 'verified')
  const relay = ({ id }: WorldIntent): Promise<Answered> =>
    ask(`/api/intents/${id}/relay-permit`, { signature: '0x12' })
  expect(await relay(early)).toMatchObject({ status: 409, body: { error: 'Proof is not complete' } })
  expect(await relay(ready)).toMatchObject({ status: 200 })
  expect(await relay(ready)).toMatchObject({ status: 409 })
  clock.advanceBy(5 * 60_000)
  expect(ready.locks.source).not.toBeNull()
})

it('takes a signed intent in, once, and gives it a life', async () => {
  await start()
  const sender = `0x${'a1'.repeat(20)}`
  const nonce = async (): Promise<unknown> =>
    (await ask('/api/intents/get-nonce', { address: sender, chainId: 421_614 })).body['nonce']
  const intent = {
    intentId: `0x${'0b'.repeat(32)}`,
    sender,
    fromChain: 421_614,
    toChain: MIDNIGHT,
    fromToken: `0x${'01'.repeat(20)}`,
    toToken: `0x${'02'.repeat(32)}`,
    amount: '1000000',
    minAmountOut: '990000',
    recipient: '03'.repeat(32),
    nonce: '0',
    deadline: STARTED_AT_MS / 1_000 + 1_800,
    signature: `0x${'04'.repeat(65)}`,
  }
  expect(await nonce()).toBe('0')
  expect(await ask('/api/intents/submit', { ...intent, amount: '1e6' })).toMatchObject({ status: 400 })
  expect(await ask('/api/intents/submit', intent)).toMatchObject({
    status: 201,
    body: { intentId: intent.intentId },
  })
  expect(await ask('/api/intents/submit', intent)).toMatchObject({ status: 409 })
  expect(await nonce()).toBe('1')
  const { body } = await ask(`/api/intents/${intent.intentId}`)
  expect(body).toMatchObject(without(intent, 'signature'))
  clock.advanceBy(20 * 60_000)
  expect(find(({ clientId }) => clientId === intent.intentId).updatedAtMs).toBeGreaterThan(STARTED_AT_MS)
})

it('answers what is asked before one is signed, and the balance of an address', async () => {
  await start()
  const domain = await ask('/api/intents/get-domain', { chainId: 84_532 })
  expect(domain).toMatchObject({ status: 200, body: { chainId: 84_532, version: '1' } })
  expect(await ask('/api/intents/get-domain', { chainId: MIDNIGHT })).toMatchObject({ status: 400 })
  const balance = await ask(`/api/midnight/balance?address=${'0d'.repeat(32)}`)
  expect(balance).toMatchObject({ status: 200, body: { address: '0d'.repeat(32) } })
  expect(await ask('/api/midnight/balance?address=mn_addr1')).toMatchObject({ status: 400 })
})

it('has a refund that is open and one that is not yet, in the story of every seed', async () => {
  await start()
  for (let seed = 0; seed < 8; seed += 1) {
    const world = startWorld({ seed, rate: 1, clock })
    const ids = refundExamples({ world, clock, rate: 1 })
    const isOpen = (id: string): boolean =>
      (world.find(id)?.locks.source?.timelockAtMs ?? Infinity) <= clock.nowMs()
    expect([seed, ids.some(isOpen), ids.every(isOpen)]).toEqual([seed, true, false])
    world.close()
  }
})

function without<T extends object>(from: T, name: keyof T): Partial<T> {
  const { [name]: _left, ...rest } = from
  return rest as Partial<T>
}
