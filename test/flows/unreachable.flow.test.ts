import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Presence, TestStep } from '../../shared/api/presence.ts'
import { until } from '../until.ts'
import { bareFusion } from '../bareFusion.ts'
import { runningConsole, type RunningConsole } from './runningConsole.ts'

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function consoleAt(...urls: string[]): Promise<RunningConsole> {
  const dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
  closers.push(() => {
    rmSync(dataDir, { recursive: true })
  })
  const entries = urls.map((url, index) => ({ id: `c${index}`, system: 'fusion', url, credential: 'none' }))
  const running = await runningConsole(dataDir, entries)
  closers.push(running.close)
  return running
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A place on loopback where nothing listens. */
async function nobodysUrl(): Promise<string> {
  const server = createTcpServer()
  const url = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  return url
}

async function presences({ client }: RunningConsole): Promise<Presence[]> {
  return (await client.connections.next({})).connections.map(({ presence }) => presence)
}

async function testOf({ client }: RunningConsole, connection: string): Promise<TestStep[]> {
  const { test: name } = await client.connections.test({ connection })
  return until('the end of the test', async () => {
    const { steps, isDone } = await client.connections.testNext({ test: name, since: 0 })
    return isDone ? steps : null
  })
}

test('where nothing listens, presence says so, the next attempt is planned, and the test names the step', async () => {
  const running = await consoleAt(await nobodysUrl())
  const [presence] = await until('a planned attempt', async () => {
    const seen = await presences(running)
    return seen[0]?.state === 'retrying' && seen[0].nextRetryAtMs !== null ? seen : null
  })
  expect(presence?.reason).not.toBe('')
  expect(presence?.tip).not.toBe('')
  const failed = (await testOf(running, 'c0')).filter(({ state }) => state === 'failed')
  expect(failed[0]?.name).toBe('tcp')
})

test('a server that speaks HTTP but not Socket.IO is told from one that is not there', async () => {
  const web = createServer((_, response) => {
    response.end('<h1>It works</h1>')
  })
  const url = await listening(web)
  closers.push(() => {
    web.closeAllConnections()
    web.close()
  })
  const running = await consoleAt(url)
  const [presence] = await until('the refusal', async () => {
    const seen = await presences(running)
    return seen[0]?.state === 'refused' ? seen : null
  })
  expect(presence?.reason).toMatch(/not Socket\.IO/)
  const failed = (await testOf(running, 'c0')).filter(({ state }) => state === 'failed')
  expect(failed[0]?.name).toBe('handshake')
})

test('one connection that is down holds up no other, nor the end of the console', async () => {
  const server = await bareFusion()
  closers.push(server.close)
  const running = await consoleAt(await nobodysUrl(), server.url)
  await until('the good one to be live', async () => (await presences(running))[1]?.state === 'live')
  await until('it to be listening', () => server.listeners() === 1)
  server.say('intent:new', { intentId: `0x${'1'.repeat(64)}`, status: 'matched', updatedAt: 1_760_000_000 })
  await until('its intent', async () => (await running.client.intents.find({})).length === 1)
  const startedMs = performance.now()
  closers.splice(closers.indexOf(running.close), 1)
  await running.close()
  expect(performance.now() - startedMs).toBeLessThan(5_000)
})
