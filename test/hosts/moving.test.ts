import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBench } from './commandLine.ts'
import type { Bench } from './commandLine.ts'
import { connectPage } from './pageClient.ts'

let bench: Bench
beforeEach(() => {
  bench = openBench()
})
afterEach(() => bench.clear())

const text = JSON.stringify({
  name: 'staging',
  environment: 'staging',
  connections: [{ id: 'gone', system: 'fusion', url: 'http://127.0.0.1:9', credential: 'none' }],
})

test('the console moves from the demo to a saved profile and back, each with its own folder', async () => {
  const console = await bench.serve('--demo')
  const first = await connectPage(console.url)
  expect(await first.client.profiles.save({ text })).toEqual({ name: 'staging' })
  await expect(first.client.profiles.use({ name: 'nothing' })).rejects.toMatchObject({
    data: { code: 'not-found' },
  })
  await first.client.profiles.use({ name: 'staging' })
  expect(await first.closed).toBe(1012)

  const second = await connectPage(console.url)
  const status = await second.client.status.next({})
  expect(status).toMatchObject({ profile: { name: 'staging', isDemo: false }, connections: [{ id: 'gone' }] })
  expect(status.dataDir).toBe(join(bench.folder, 'share', 'intent-console'))
  expect(existsSync(join(status.dataDir, 'demo', 'console.db'))).toBe(true)
  expect((await second.client.profiles.list({})).saved.map(({ name }) => name)).toEqual(['staging'])

  await second.client.profiles.use({ name: 'demo' })
  expect(await second.closed).toBe(1012)
  const third = await connectPage(console.url)
  expect((await third.client.profiles.list({})).saved.map(({ name }) => name)).toEqual(['staging'])
  expect((await third.client.status.next({})).profile.isDemo).toBe(true)
  await vi.waitUntil(async () => (await third.client.intents.find({})).length > 0, { timeout: 15_000 })

  console.child.kill('SIGTERM')
  expect(await third.closed).toBe(1001)
  expect((await console.ended).code).toBe(0)
}, 60_000)

test('a page that no longer listens does not hold the console back when it stops', async () => {
  const console = await bench.serve('--demo')
  const page = await connectPage(console.url)
  page.fallSilent()
  const startedMs = performance.now()
  console.child.kill('SIGTERM')
  expect((await console.ended).code).toBe(0)
  expect(performance.now() - startedMs).toBeLessThan(5_000)
})
