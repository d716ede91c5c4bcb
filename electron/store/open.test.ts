import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { openStore } from './open.ts'
import { NEWEST, scratchFolder } from './testing/scratch.ts'
import { tinyEvent } from './testing/tinySystem.ts'

const workerUrl = new URL('./testing/tinyWorker.ts', import.meta.url)

/** A process that holds a data folder until it is killed. */
async function holder(dataDir: string) {
  const script = `
    const { openLocalStore } = await import(${JSON.stringify(new URL('./localStore.ts', import.meta.url).href)})
    const { tinyRegister } = await import(${JSON.stringify(new URL('./testing/tinySystem.ts', import.meta.url).href)})
    globalThis.held = openLocalStore({ dataDir: ${JSON.stringify(dataDir)}, mode: 'write' }, tinyRegister)
    setInterval(() => {}, 1_000)
    process.stdout.write('held')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as unknown[]
  expect(String(said)).toBe('held')
  return child
}

test('what is appended is read back, by the same store and by a reader beside it', async () => {
  using scratch = scratchFolder()
  const writer = await openStore({ ...scratch, workerUrl, mode: 'write' })
  const appended = await writer.append([tinyEvent({ ids: ['0xAA11'], status: 'waiting', atMs: 1 }, 2)])
  expect(appended).toEqual({ lastSeq: 1, version: 1, storedCount: 1, repeatCount: 0, quarantinedCount: 0 })
  const reader = await openStore({ ...scratch, workerUrl, mode: 'read' })
  const ask = { query: '', sort: NEWEST, limit: 10, since: 0, nowMs: 5 }
  expect((await reader.page(ask)).rows).toEqual((await writer.page(ask)).rows)
  expect((await reader.page(ask)).order).toEqual(['tiny:0xaa11'])
  await writer.append([tinyEvent({ ids: ['0xAA11'], status: 'done', atMs: 3 }, 4)])
  expect((await reader.find({ query: 'is:terminal', limit: 9, nowMs: 5 }))[0]?.status).toBe('done')
  await reader.close()
  await writer.close()
})

test('a reader refuses what writes, with what to do', async () => {
  using scratch = scratchFolder()
  const writer = await openStore({ ...scratch, workerUrl, mode: 'write' })
  await writer.close()
  const reader = await openStore({ ...scratch, workerUrl, mode: 'read' })
  const refusals = [
    reader.append([]),
    reader.setSettings({ theme: 'dark' }),
    reader.watch({ connection: 'c', id: 'x', isWatched: true }),
    reader.rebuild(),
  ]
  const refused = {
    code: 'closed',
    tip: expect.stringContaining('holds') as unknown,
  }
  await Promise.all(refusals.map((refusal) => expect(refusal).rejects.toMatchObject(refused)))
  await reader.close()
})

test('a folder without data cannot be read', async () => {
  using scratch = scratchFolder()
  await expect(openStore({ ...scratch, workerUrl, mode: 'read' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a second writer is told who holds the folder; when the holder is killed the folder is free', async () => {
  using scratch = scratchFolder()
  const child = await holder(scratch.dataDir)
  await expect(openStore({ ...scratch, workerUrl, mode: 'write' })).rejects.toMatchObject({
    code: 'held',
    facts: { pid: child.pid },
  })
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
  const store = await openStore({ ...scratch, workerUrl, mode: 'write' })
  await expect(openStore({ ...scratch, workerUrl, mode: 'write' })).rejects.toMatchObject({
    code: 'held',
    facts: { pid: process.pid },
  })
  await store.close()
  await (await openStore({ ...scratch, workerUrl, mode: 'write' })).close()
})

test('when the thread dies, waiting and later calls fail; what was acknowledged is there', async () => {
  using scratch = scratchFolder()
  const store = await openStore({ ...scratch, workerUrl, mode: 'write' })
  await store.append([tinyEvent({ ids: ['a1'] }, 1)])
  const waiting = [store.append([tinyEvent({}, 2, { kind: 'die' })]), store.head()]
  const died = {
    code: 'disk',
    tip: expect.stringContaining('Start the console') as unknown,
  }
  await Promise.all(waiting.map((call) => expect(call).rejects.toMatchObject(died)))
  await expect(store.head()).rejects.toMatchObject({ code: 'disk' })
  await store.close()
  const again = await openStore({ ...scratch, workerUrl, mode: 'write' })
  expect((await again.head()).lastSeq).toBe(1)
  await again.close()
})

test('a worker file that is not there is a failure, not a hang', async () => {
  using scratch = scratchFolder()
  const missing = new URL('./testing/noSuchWorker.ts', import.meta.url)
  await expect(openStore({ ...scratch, workerUrl: missing, mode: 'write' })).rejects.toMatchObject({
    code: 'disk',
  })
})

test('a closed store says so', async () => {
  using scratch = scratchFolder()
  const store = await openStore({ ...scratch, workerUrl, mode: 'write' })
  await store.close()
  await store.close()
  await expect(store.head()).rejects.toMatchObject({ code: 'closed' })
})

test('settings are kept, and a wrong one is refused by name', async () => {
  using scratch = scratchFolder()
  const store = await openStore({ ...scratch, workerUrl, mode: 'write' })
  expect((await store.settings()).theme).toBe('system')
  expect((await store.setSettings({ theme: 'dark', splitWidth: 600 })).theme).toBe('dark')
  await expect(store.setSettings({ colour: 'red' })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('colour') as unknown,
  })
  await expect(store.setSettings({ times: 'noon' })).rejects.toMatchObject({
    code: 'usage',
    facts: { place: 'times' },
  })
  await store.close()
  const again = await openStore({ ...scratch, workerUrl, mode: 'write' })
  expect(await again.settings()).toMatchObject({ theme: 'dark', splitWidth: 600, times: 'utc' })
  await again.close()
})
