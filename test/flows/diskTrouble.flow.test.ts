import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Failure } from '../../shared/api/failure.ts'
import { until } from '../until.ts'
import { bareFusion } from '../bareFusion.ts'
import { runningConsole } from './runningConsole.ts'

const FULL = 'There is no room left on the disk.'

function matched(n: number): object {
  return { intentId: `0x${String(n).repeat(64)}`, status: 'matched', updatedAt: 1_760_000_000 + n }
}

test('a disk that refuses stops receiving and says so; with room again it resumes by itself, with one gap', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
  const server = await bareFusion()
  let isFull = false
  let isFilling = false
  const entries = [{ id: 'c', system: 'fusion', url: server.url, credential: 'none' }]
  const running = await runningConsole(dataDir, entries, (store) => ({
    ...store,
    append: (batch) => {
      // Full from the second intent on: were it full before, the socket might close before that is heard.
      if (isFilling && batch.some(({ payload }) => payload.includes('2222'))) isFull = true
      return isFull ? Promise.reject(new Failure('disk', FULL)) : store.append(batch)
    },
  }))
  const { client } = running
  const presence = async () => (await client.connections.next({})).connections[0]?.presence
  await until('the console to listen', () => server.listeners() === 1)

  server.say('intent:new', matched(1))
  await until('the first intent', async () => (await client.intents.find({})).length === 1)
  isFilling = true
  server.say('intent:new', matched(2))
  await until('receiving to stop', () => server.listeners() === 0)
  const status = await client.status.next({})
  expect(status.storeTrouble).toBe(FULL)
  expect(status.behindBy).toBeGreaterThan(0)
  expect(await presence()).toMatchObject({
    state: 'stopped',
    reason: expect.stringContaining(FULL) as unknown,
  })
  expect(await client.intents.find({})).toHaveLength(1)

  isFilling = false
  isFull = false
  await until('the second intent', async () => (await client.intents.find({})).length === 2)
  await until('the console to listen again', async () => (await presence())?.state === 'live')
  const gaps = await until('the repaired gap', async () => {
    const [summary] = (await client.connections.next({})).connections
    return (summary?.gaps[0]?.repairedAtMs ?? null) === null ? null : summary?.gaps
  })
  expect(gaps).toHaveLength(1)
  expect(gaps[0]?.reason).toContain(FULL)
  expect((await client.status.next({})).storeTrouble).toBeNull()

  await running.close()
  await server.close()
  rmSync(dataDir, { recursive: true })
})
