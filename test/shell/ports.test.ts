import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sampleRouter } from '../hosts/sampleRouter.ts'
import { callOver, openShell, type OpenShell } from './openShell.ts'

let shell: OpenShell
beforeEach(async () => {
  shell = await openShell()
})
afterEach(() => shell.clear())

test('the page asks, is handed a port, and the engine answers over it', async () => {
  shell.ask()
  expect(shell.contents.mainFrame.handed).toHaveLength(1)
  expect(shell.contents.mainFrame.handed[0]?.channel).toBe('port')
  const client = callOver(shell.port())
  expect(await client.echo({ a: [1n, null] })).toEqual({ input: { a: [1n, null] }, type: 'object' })
})

test('a page that asks again gets another port, and the first is closed', async () => {
  shell.ask()
  const first = shell.port()
  const closed = new Promise((resolve) => first.inner.on('close', resolve))
  first.inner.start()
  shell.ask()
  await closed
  expect(await callOver(shell.port()).number({ value: 1 })).toBe(2)
})

test('when the console moves, the page is handed the next port at once, and the one before is closed', async () => {
  const waits = { begun: 0, aborted: 0 }
  shell.face.use(sampleRouter(waits))
  shell.ask()
  const before = callOver(shell.port())
  const { inner } = shell.port()
  const closed = new Promise((resolve) => inner.on('close', resolve))
  const left = before.wait().catch(() => 'gone')
  await vi.waitUntil(() => waits.begun === 1)
  shell.face.use(sampleRouter())
  await closed
  expect(await left).toBe('gone')
  await vi.waitUntil(() => waits.aborted === 1)
  expect(shell.contents.mainFrame.handed).toHaveLength(2)
  expect(await callOver(shell.port()).number({ value: 2 })).toBe(3)
})

test('a page that never asked is handed nothing when the console moves', () => {
  shell.face.use(sampleRouter())
  expect(shell.contents.mainFrame.handed).toEqual([])
})

test('a page that goes away ends what it asked for', async () => {
  const waits = { begun: 0, aborted: 0 }
  shell.face.use(sampleRouter(waits))
  shell.ask()
  void callOver(shell.port())
    .wait()
    .catch(() => 'gone')
  await vi.waitUntil(() => waits.begun === 1)
  shell.port().inner.close()
  await vi.waitUntil(() => waits.aborted === 1)
})

test('a page that does not speak the protocol is hung up on', async () => {
  shell.ask()
  const { inner } = shell.port()
  const closed = new Promise((resolve) => inner.on('close', resolve))
  inner.start()
  inner.postMessage('nonsense')
  await closed
})

test('1,000 pages leave no listener behind, and a closed shell hands out no port', async () => {
  for (let page = 0; page < 1_000; page += 1) shell.ask()
  const ports = shell.contents.mainFrame.handed.map(({ port }) => port)
  expect(new Set(ports).size).toBe(1_000)
  await shell.face.close()
  expect(shell.stage.ipcMain.listenerCount('port')).toBe(0)
  shell.ask()
  expect(shell.contents.mainFrame.handed).toHaveLength(1_000)
})
