import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'
import { settableClock, type SettableClock } from '../kit/clock.ts'
import type { WorldIntent } from '../world/intent.ts'
import { startWorld } from '../world/world.ts'
import { connectBare, type BareClient } from './bareClient.ts'

const STARTED_AT_MS = 1_800_000_000_000
const MINUTE = 60_000

const STATUS_FIELDS = [
  ...[
    'intentId',
    'status',
    'proofStatus',
    'solver',
    'fromChain',
    'toChain',
    'amount',
    'createdAt',
    'updatedAt',
  ],
  ...['matchedAt', 'completedAt', 'htlcState', 'txHashes', 'error', 'failureReason', 'timestamp'],
]

let clock: SettableClock
let sandbox: Sandbox
let client: BareClient

beforeEach(async () => {
  clock = settableClock(STARTED_AT_MS)
  sandbox = await startSandbox({ seed: 7, rate: 1, clock })
  client = connectBare(sandbox.connections[0]?.url ?? '')
})

afterEach(async () => {
  client.socket.close()
  await sandbox.close()
})

function find(matches: (intent: WorldIntent) => boolean): WorldIntent {
  const found = [...sandbox.world.intents()].find(matches)
  if (!found) throw new Error('the story has no such intent')
  return found
}

/** An intent under its first id now that has another one ten minutes later, found in the same story ahead of time. */
function soonRenamed(): WorldIntent {
  const ahead = settableClock(STARTED_AT_MS)
  const world = startWorld({ seed: 7, rate: 1, clock: ahead })
  const isFirst = (one: WorldIntent): boolean => one.id === one.clientId && one.proof === 'pending'
  const candidates = [...world.intents()].filter(isFirst)
  ahead.advanceBy(10 * MINUTE)
  world.close()
  const found = candidates.find((one) => one.id !== one.clientId)
  if (!found) throw new Error('nothing is renamed soon')
  return found
}

describe('all intents', () => {
  it('answers subscribe:all with the counters, and only that', async () => {
    client.socket.emit('subscribe:all')
    const heard = await client.rest()
    expect(heard.map(({ event }) => event)).toEqual(['mempool:stats'])
    const stats = heard[0]?.payload as Record<string, number>
    expect(Object.keys(stats)).toEqual([
      ...['total', 'submitted', 'matched', 'executing', 'completed', 'failed', 'cancelled'],
    ])
    expect(stats['total']).toBe([...sandbox.world.intents()].length)
  })

  it('says nothing to who has not subscribed or has left', async () => {
    await client.rest()
    clock.advanceBy(MINUTE)
    expect(await client.rest()).toEqual([])
    client.socket.emit('subscribe:all')
    client.socket.emit('unsubscribe:all')
    await client.take('mempool:stats')
    await client.rest()
    clock.advanceBy(MINUTE)
    expect(await client.rest()).toEqual([])
  })

  it('tells changes with all documented fields, in order, as the history has them', async () => {
    client.socket.emit('subscribe:all')
    await client.take('mempool:stats')
    const from = sandbox.history.fusion.eventCount
    clock.advanceBy(MINUTE)
    const heard = await client.rest()
    const offered = sandbox.history.fusion.events.filter(
      ({ index, room }) => index >= from && room === 'all-intents',
    )
    expect(heard).toEqual(offered.map(({ event, payload }) => ({ event, payload })))

    const of = (event: string): Record<string, unknown>[] =>
      heard.filter((one) => one.event === event).map(({ payload }) => payload as Record<string, unknown>)
    expect(of('mempool:stats').length).toBe(12)
    for (const payload of of('intent:new')) expect(Object.keys(payload)).toEqual(STATUS_FIELDS)
    for (const payload of of('intent:status_changed'))
      expect(Object.keys(payload)).toEqual([...STATUS_FIELDS, 'oldStatus'])
    for (const payload of of('intent:proof_changed'))
      expect(Object.keys(payload)).toEqual([
        ...['intentId', 'proofStatus', 'oldProofStatus', 'proofGeneratedAt', 'timestamp'],
      ])
    expect(of('intent:status_changed').length).toBeGreaterThan(100)
    const publicWords = new Set(of('intent:status_changed').map(({ status }) => status))
    for (const { oldStatus } of of('intent:status_changed')) expect(publicWords).not.toContain(oldStatus)
  })

  it('replays nothing after a reconnect', async () => {
    client.socket.emit('subscribe:all')
    await client.take('mempool:stats')
    client.socket.disconnect()
    clock.advanceBy(MINUTE)
    client.socket.connect()
    client.socket.emit('subscribe:all')
    const heard = await client.rest()
    expect(heard.map(({ event }) => event)).toEqual(['mempool:stats'])
    expect(client.socket.recovered).not.toBe(true)
  })
})

describe('one intent', () => {
  it('answers at once with its status, then tells its changes to its room', async () => {
    clock.advanceBy(1)
    const intent = find(({ stage, proof, route }) => {
      return stage === 'submitted' && proof === 'generating' && route.from.family === 'midnight'
    })
    client.socket.emit('subscribe:intent', intent.id)
    const status = await client.take('intent:status')
    expect(status).toMatchObject({ intentId: intent.id, status: 'proofs_pending', amount: intent.amount })
    expect(Object.keys(status)).toEqual(STATUS_FIELDS)
    clock.advanceBy(20 * MINUTE)
    const heard = await client.rest()
    expect(heard.length).toBeGreaterThan(0)
    for (const { event, payload } of heard) {
      expect(['intent:status', 'intent:proof', 'intent:removed']).toContain(event)
      expect(payload).toMatchObject({ intentId: intent.id })
    }
    client.socket.emit('unsubscribe:intent', intent.id)
    await client.rest()
    sandbox.world.touch(intent)
    expect(await client.rest()).toEqual([])
  })

  it('says intent:not_found for an unknown id', async () => {
    client.socket.emit('subscribe:intent', '0x1234')
    expect(await client.rest()).toEqual([{ event: 'intent:not_found', payload: { intentId: '0x1234' } }])
  })

  it('knows an id no more once the contract has replaced it', async () => {
    const intent = find(({ id, clientId }) => id !== clientId)
    client.socket.emit('subscribe:intent', intent.clientId)
    client.socket.emit('subscribe:intent', intent.id)
    expect(await client.rest()).toMatchObject([
      { event: 'intent:not_found', payload: { intentId: intent.clientId } },
      { event: 'intent:status', payload: { intentId: intent.id } },
    ])
  })

  it('goes quiet under the old id and speaks under the new one', async () => {
    const { serial, clientId, id } = soonRenamed()
    const intent = find((one) => one.serial === serial)
    expect(intent.id).toBe(clientId)
    client.socket.emit('subscribe:intent', clientId)
    client.socket.emit('subscribe:all')
    await client.take('mempool:stats')
    clock.advanceBy(10 * MINUTE)
    const about = (await client.rest()).filter(({ payload }) => {
      return [clientId, id].includes((payload as { intentId: string }).intentId)
    })
    expect(intent.id).toBe(id)
    expect(about.length).toBeGreaterThan(3)
    expect(about).not.toContainEqual(expect.objectContaining({ event: 'intent:new' }))
    // The first is the answer to the subscription; being renamed says nothing, the proof is next.
    expect(about[1]?.event).toBe('intent:proof_changed')
    for (const { payload } of about.slice(1)) expect(payload).toMatchObject({ intentId: id })
  })

  it('answers anything but a string with an error', async () => {
    client.socket.emit('subscribe:intent', { intentId: '0x12' })
    expect(await client.rest()).toMatchObject([{ event: 'error', payload: { code: 'INVALID_INTENT_ID' } }])
  })
})

it('answers ping with pong and never acknowledges', async () => {
  let isAcknowledged = false
  client.socket.emit('subscribe:all', () => {
    isAcknowledged = true
  })
  client.socket.emit('ping')
  expect(await client.take('pong')).toEqual({ timestamp: STARTED_AT_MS })
  expect(isAcknowledged).toBe(false)
})
