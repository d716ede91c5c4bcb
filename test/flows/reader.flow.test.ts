import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openReader } from '../../electron/engine/reader.ts'
import { lastUsedProfile } from '../../electron/engine/savedProfiles.ts'
import { openStore } from '../../electron/store/open.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import { until } from '../until.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { FlowBench } from './flowBench.ts'

let bench: FlowBench
let server: BareFusion

beforeEach(async () => {
  bench = new FlowBench()
  server = bench.keep(await bareFusion())
  await bench.start([fusionAs('fusion-test')])
  await live('fusion-test')
})

afterEach(() => bench.close())

function fusionAs(id: string): object {
  return { id, system: 'fusion', url: server.url, credential: 'none' }
}

async function live(id: string): Promise<void> {
  await until(`${id} to be live`, async () => {
    // A connection is live before the backend has its subscription.
    if (server.listeners() !== 1) return false
    const { connections } = await bench.client.connections.next({})
    return connections.some((connection) => connection.id === id && connection.presence.state === 'live')
  })
}

const silent = () => undefined

async function openedReader() {
  const store = await openStore({
    dataDir: bench.dataDir,
    workerUrl: new URL('../../electron/worker.ts', import.meta.url),
    mode: 'read',
  })
  const used = await lastUsedProfile(bench.dataDir)
  if (used === null) throw new Error('The console did not remember its profile.')
  const reader = await openReader({
    store,
    ...used,
    dataDir: bench.dataDir,
    consoleVersion: '0.0.0',
    clock: systemClock,
    logger: { error: silent, warn: silent, info: silent, debug: silent },
  })
  return {
    client: createRouterClient(reader.router),
    close: async () => {
      await reader.close()
      await store.close()
    },
  }
}

test('a reader beside a running console sees its connections, follows its journal and changes nothing', async () => {
  const reader = await openedReader()
  const { connections } = await reader.client.connections.next({})
  expect(connections).toMatchObject([{ id: 'fusion-test', isHeldHere: false, presence: { state: 'live' } }])
  expect(connections[0]?.log.map(({ text }) => text)).toContain('live')
  const { lastSeq } = await reader.client.journal.next({ after: 0, limit: 1_000 })
  const waiting = reader.client.journal.next({ after: lastSeq, waitMs: 15_000 })
  server.say('intent:new', { intentId: `0x${'7'.repeat(64)}`, status: 'matched', updatedAt: 1_760_000_000 })
  expect((await waiting).events.at(-1)?.seq).toBeGreaterThan(lastSeq)
  await until('the intent', async () => (await reader.client.intents.find({ query: '777777' })).length === 1)
  await expect(reader.client.settings.set({ changes: {} })).rejects.toMatchObject({
    data: { code: 'closed' },
  })
  await reader.close()
})

test('a profile is checked, saved, taken up and remembered; its journal goes on beside the old one', async () => {
  const { client } = bench
  const bad = JSON.stringify({ name: 'second', environment: 'staging', connections: [], colour: 'red' })
  expect((await client.profiles.check({ text: bad })).problems).toMatchObject([{ place: 'colour' }])
  await expect(client.profiles.save({ text: bad })).rejects.toMatchObject({ data: { code: 'usage' } })
  const good = { name: 'second', environment: 'production', connections: [fusionAs('other')] }
  expect(await client.profiles.save({ text: JSON.stringify(good) })).toEqual({ name: 'second' })
  expect(await client.profiles.use({ name: 'second' })).toEqual({ inUse: 'second' })
  await live('other')
  expect(server.listeners()).toBe(1)
  expect(await client.profiles.list({})).toMatchObject({ inUse: 'second', saved: [{ name: 'second' }] })
  expect(await client.status.next({})).toMatchObject({
    profile: { name: 'second', environment: 'production', isDemo: false },
    isReadOnly: true,
    actions: { isAllowed: false },
  })
  expect((await lastUsedProfile(bench.dataDir))?.profile.name).toBe('second')
  await expect(client.profiles.use({ name: 'demo' })).rejects.toMatchObject({ data: { code: 'closed' } })
  await expect(client.profiles.use({ name: 'third' })).rejects.toMatchObject({ data: { code: 'not-found' } })
})
