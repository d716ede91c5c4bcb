import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { runningConsole } from './runningConsole.ts'

/** Events in one go; far more than one append takes. */
const COUNT = 8_000

test('while the disk cannot keep up the status says by how many events the console is behind', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
  const server = await bareFusion()
  const held = Promise.withResolvers<null>()
  let isHeld = false
  const entries = [{ id: 'c', system: 'fusion', url: server.url, credential: 'none' }]
  const { client, close } = await runningConsole(dataDir, entries, (store) => ({
    ...store,
    append: async (batch) => {
      if (isHeld) await held.promise
      return store.append(batch)
    },
  }))
  await until('the console to listen', () => server.listeners() === 1)
  isHeld = true
  for (let n = 1; n <= COUNT; n += 1) {
    const intentId = `0x${(n % 10).toString().repeat(64)}`
    server.say('intent:status_changed', { intentId, status: 'matched', updatedAt: 1e12 + n })
  }
  await until('the status to say so', async () => (await client.status.next({})).behindBy >= COUNT)
  held.resolve(null)
  await until('the disk to have caught up', async () => (await client.status.next({})).behindBy === 0)
  expect(await client.intents.find({})).toHaveLength(10)
  await close()
  await server.close()
  rmSync(dataDir, { recursive: true })
})
