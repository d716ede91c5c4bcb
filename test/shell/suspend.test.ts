import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { sleepingConsole, type SleepingConsole } from './sleepingConsole.ts'

const NIGHT_MS = 8 * 60 * 60 * 1_000
const OPEN = `0x${'a1'.repeat(32)}`
const MISSED = `0x${'b2'.repeat(32)}`

let server: BareFusion
let console_: SleepingConsole
beforeEach(async () => {
  server = await bareFusion()
})
afterEach(async () => {
  await console_.close()
  await server.close()
})

async function start(options?: { isToldOfSleep: boolean }): Promise<void> {
  console_ = await sleepingConsole(server.url, options)
  await live()
  server.intents.set(OPEN, JSON.stringify({ intentId: OPEN, status: 'submitted' }))
  server.say('intent:new', { intentId: OPEN, status: 'submitted', createdAt: '2026-09-21T12:00:00Z' })
  await until('the intent', async () => (await console_.client.intents.find({})).length === 1)
}

async function connection(): Promise<ConnectionSummary> {
  const [only] = (await console_.client.connections.next({})).connections
  if (only === undefined) throw new Error('The connection is gone.')
  return only
}

function live(): Promise<unknown> {
  return until('a live connection', async () => {
    const isHeard = server.listeners() === 1
    return isHeard && (await connection()).presence.state === 'live'
  })
}

/** How often the journal says that a gap opened and closed. */
async function gapWords(): Promise<Record<string, number>> {
  const { events } = await console_.client.journal.next({ after: 0, limit: 1_000 })
  const count = (kind: string): number => events.filter((event) => event.kind === kind).length
  return { opened: count('gapOpened'), closed: count('gapClosed') }
}

function sleep(): void {
  console_.monitor.emit('suspend')
}

/** The machine's clock jumps; no timer runs, as none does in sleep. */
function wake(): void {
  console_.clock.set(console_.clock.nowMs() + NIGHT_MS)
  console_.monitor.emit('resume')
}

describe('a machine that sleeps', () => {
  test('closes its sockets before, opens them after, and keeps the night as one gap that is repaired', async () => {
    await start()
    const sleptAtMs = console_.clock.nowMs()
    sleep()
    await until('closed sockets', () => server.openSockets() === 0)
    expect((await connection()).presence).toMatchObject({
      state: 'stopped',
      reason: 'The computer was asleep.',
    })
    server.intents.set(OPEN, JSON.stringify({ intentId: OPEN, status: 'completed' }))
    server.say('intent:new', { intentId: MISSED, status: 'submitted' })
    server.reads.length = 0
    wake()
    await live()
    await until('the repair', async () => (await connection()).gaps[0]?.repairedAtMs)
    const [gap, ...more] = (await connection()).gaps
    expect(more).toEqual([])
    expect(gap).toMatchObject({ fromMs: sleptAtMs, untilMs: sleptAtMs + NIGHT_MS, repairFailedCount: 0 })
    expect(await gapWords()).toEqual({ opened: 1, closed: 1 })
    expect(server.reads).toContain(`GET /api/intents/${OPEN}`)
    const { intent } = await console_.client.intents.get({ id: OPEN })
    expect(intent).toMatchObject({ status: 'completed', phase: 'completed' })
    expect(intent.timeline.filter(({ kind }) => kind === 'gap')).toHaveLength(1)
  })

  test('that is not told of its sleep until it wakes lets go of a socket that only looks open', async () => {
    await start()
    const [before] = server.sockets
    server.isMute = true
    expect(server.openSockets()).toBe(1)
    server.isMute = false
    wake()
    await until('another socket', () => server.sockets.length === 2 && before?.connected === false)
    await live()
    expect(await until('the gap', gapIsClosed)).toBe(true)
    expect(await gapWords()).toEqual({ opened: 1, closed: 1 })
  })

  test('that falls asleep again before anything was heard has still one gap', async () => {
    await start()
    for (let nap = 0; nap < 5; nap += 1) {
      sleep()
      wake()
    }
    await live()
    expect(await until('the gap', gapIsClosed)).toBe(true)
    const { opened, closed } = await gapWords()
    const { gaps } = await connection()
    expect([opened, closed]).toEqual([gaps.length, gaps.length])
    expect(server.openSockets()).toBe(1)
  })

  test('shows no age below zero afterwards, even when its clock was set back', async () => {
    await start()
    sleep()
    await until('closed sockets', () => server.openSockets() === 0)
    console_.clock.set(console_.clock.nowMs() - NIGHT_MS)
    console_.monitor.emit('resume')
    await live()
    expect(await until('the gap', gapIsClosed)).toBe(true)
    const { gaps } = await connection()
    for (const { fromMs, untilMs } of gaps) expect(untilMs ?? fromMs).toBeGreaterThanOrEqual(fromMs)
  })

  test('control: a console that ignores sleep keeps its old socket and knows of no gap', async () => {
    await start({ isToldOfSleep: false })
    sleep()
    wake()
    server.say('intent:new', { intentId: MISSED, status: 'submitted' })
    await until('the second intent', async () => (await console_.client.intents.find({})).length === 2)
    expect([server.sockets.length, await gapWords()]).toEqual([1, { opened: 0, closed: 0 }])
  })
})

async function gapIsClosed(): Promise<boolean> {
  const { gaps } = await connection()
  return gaps.length > 0 && gaps.every(({ untilMs }) => untilMs !== null)
}
