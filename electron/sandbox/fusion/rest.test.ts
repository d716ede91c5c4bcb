import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'
import { settableClock } from '../kit/clock.ts'
import type { WorldIntent } from '../world/intent.ts'

const STARTED_AT_MS = 1_800_000_000_000
const clock = settableClock(STARTED_AT_MS)
let sandbox: Sandbox
let url: string

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7, rate: 1, clock })
  url = sandbox.connections[0]?.url ?? ''
})

afterAll(() => sandbox.close())

async function read(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url + path)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function find(matches: (intent: WorldIntent) => boolean): WorldIntent {
  const found = [...sandbox.world.intents()].find(matches)
  if (!found) throw new Error('the story has no such intent')
  return found
}

it('says that it is well', async () => {
  expect(await read('/api/health')).toMatchObject({ status: 200, body: { status: 'ok' } })
})

it('tells enabled and operational apart', async () => {
  sandbox.faults.fusion.apply('outage')
  const { body } = await read('/api/chains')
  sandbox.faults.fusion.calm()
  const chains = body['chains'] as { id: number; enabled: boolean; operational: boolean }[]
  expect(chains.map(({ id, enabled, operational }) => [id, enabled, operational])).toEqual([
    [421_614, true, true],
    [84_532, true, true],
    [2_147_483_647, true, false],
  ])
})

it('names the contract of each chain', async () => {
  const { body } = await read('/api/config/htlc-addresses')
  expect(Object.keys(body).sort()).toEqual(['2147483647', '421614', '84532'])
})

it('reads an intent whole', async () => {
  const intent = find(({ stage }) => stage === 'executing')
  const { status, body } = await read(`/api/intents/${intent.id}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    intentId: intent.id,
    status: 'executing',
    amount: intent.amount,
    minAmountOut: intent.minAmountOut,
    fromToken: intent.fromToken.id,
    deadline: Math.floor(intent.deadlineAtMs / 1_000),
    createdAt: new Date(intent.createdAtMs).toISOString(),
  })
  expect(Object.keys(body).filter((key) => key.startsWith('refund'))).toEqual([])
})

it('answers the old id with the body of the new one', async () => {
  const intent = find(({ id, clientId }) => id !== clientId)
  expect((await read(`/api/intents/${intent.clientId}`)).body['intentId']).toBe(intent.id)
})

it('says 404 in JSON for what it does not know', async () => {
  expect(await read('/api/intents/0x00')).toMatchObject({ status: 404, body: { error: 'Intent not found' } })
  expect((await read('/api/intents')).status).toBe(404)
})

it('gives refund fields of a failed intent only after its source timelock', async () => {
  const isWaiting = ({ stage, locks: { source } }: WorldIntent): boolean =>
    stage === 'failed' && source !== null && source.timelockAtMs > clock.nowMs()
  const intent = find(isWaiting)
  const keys = async (): Promise<string[]> =>
    Object.keys((await read(`/api/intents/${intent.id}`)).body).filter((key) => key.startsWith('refund'))
  expect(await keys()).toEqual([])
  clock.advanceBy((intent.locks.source?.timelockAtMs ?? 0) - clock.nowMs())
  expect(await keys()).toContain('refundAvailableAt')
})

it('gives the real timelocks in seconds, and the hash of the route', async () => {
  const isLocked = ({ locks }: WorldIntent): boolean => locks.source !== null && locks.destination !== null
  const open = find((intent) => isLocked(intent) && intent.route.to.family === 'evm' && !intent.isShielded)
  const shielded = find((intent) => isLocked(intent) && intent.isShielded)
  const { body } = await read(`/api/intents/${open.id}/htlc-params`)
  expect(body['sourceLockRequirements']).toMatchObject({
    amount: open.amount,
    timelockSeconds: 2_700,
    timelock: Math.floor((open.locks.source?.timelockAtMs ?? 0) / 1_000),
  })
  expect((await read(`/api/intents/${shielded.id}/htlc-params`)).body['hashFunction']).toBe('sha256')
  const early = find(({ stage }) => stage === 'submitted')
  expect((await read(`/api/intents/${early.id}/htlc-params`)).status).toBe(409)
})

it('allocates a nonce with each reading of permit2-params, and counts both traps', async () => {
  const { id } = find(({ route }) => route.from.family === 'evm')
  const { history } = sandbox
  expect(history.fusion.readingCount('GET /api/intents/:intentId/preimage')).toBe(0)
  const first = await read(`/api/intents/${id}/permit2-params`)
  const second = await read(`/api/intents/${id}/permit2-params`)
  expect([first.body['nonce'], second.body['nonce']]).toEqual(['0', '1'])
  await read(`/api/intents/${id}/preimage`)
  expect(history.fusion.readingCount('GET /api/intents/:intentId/permit2-params')).toBe(2)
  expect(history.fusion.readingCount('GET /api/intents/:intentId/preimage')).toBe(1)
  expect(history.fusion.readings.at(-1)).toMatchObject({
    path: `/api/intents/${id}/preimage`,
    httpStatus: 200,
  })
})
