import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { serveBrowser } from '../../electron/host/browser.ts'
import { serveMessagePort } from '../../electron/host/messagePort.ts'
import { sampleRouter } from './sampleRouter.ts'
import type { SampleRouter, Waits } from './sampleRouter.ts'

/** One carrier under test, from the side of a page. */
interface Carried {
  client: RouterClient<SampleRouter>
  /** Sends any text past the client. */
  sendRaw: (text: string) => void
  /** Ends the stream from the page's side. */
  hangUp: () => void
  /** Resolves when the page's side has closed. */
  closed: Promise<void>
}

const cleanups: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function overPort(waits?: Waits): Promise<Carried> {
  const { port1, port2 } = new MessageChannel()
  const host = serveMessagePort({ router: sampleRouter(waits), port: port1 })
  cleanups.push(host.close, () => {
    port2.close()
  })
  const closed = new Promise<void>((resolve) =>
    port2.on('close', () => {
      resolve()
    }),
  )
  // Node's port is an event target at run time, which its types do not say.
  const client = createORPCClient<RouterClient<SampleRouter>>(new PortLink({ port: port2 }))
  port2.start()
  return Promise.resolve({
    client,
    sendRaw: (text) => {
      port2.postMessage(text)
    },
    hangUp: () => {
      port2.close()
    },
    closed,
  })
}

async function overSocket(waits?: Waits): Promise<Carried> {
  const assetsDir = mkdtempSync(join(tmpdir(), 'carriers-'))
  writeFileSync(join(assetsDir, 'index.html'), '<!doctype html>')
  const host = await serveBrowser({
    router: sampleRouter(waits),
    port: 0,
    assetsDir,
    clock: { nowMs: () => Date.now() },
  })
  cleanups.push(() => {
    rmSync(assetsDir, { recursive: true })
  }, host.close)
  const socket = new WebSocket(
    `ws://127.0.0.1:${host.port}/rpc`,
    ['intent-console.v1', `token.${host.token}`],
    {
      origin: `http://127.0.0.1:${host.port}`,
    },
  )
  cleanups.push(() => {
    socket.terminate()
  })
  const closed = new Promise<void>((resolve) =>
    socket.on('close', () => {
      resolve()
    }),
  )
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  // The client wants a browser's socket; ws has the same events.
  const client = createORPCClient<RouterClient<SampleRouter>>(new SocketLink({ websocket: socket as never }))
  return {
    client,
    sendRaw: (text) => {
      socket.send(text)
    },
    hangUp: () => {
      socket.close()
    },
    closed,
  }
}

describe.each([
  { name: 'message port', open: overPort },
  { name: 'socket', open: overSocket },
])('carrier: $name', ({ open }) => {
  test.each([0, false, '', null, 'text', [0], {}])('brings %j as it is', async (input) => {
    const { client } = await open()
    expect(await client.echo(input)).toEqual({ input, type: input === null ? 'null' : typeof input })
  })

  test('brings a bigint as it is, and nothing as nothing', async () => {
    const { client } = await open()
    expect(await client.echo(2n ** 256n - 1n)).toEqual({ input: 2n ** 256n - 1n, type: 'bigint' })
    expect(await client.echo(undefined)).toMatchObject({ type: 'undefined' })
  })

  test('keeps the order of answers that are ready in order, and each answer with its question', async () => {
    const { client } = await open()
    const arrived: number[] = []
    const asked = Array.from({ length: 200 }, async (_, tag) => {
      const answer = await client.later({ turns: 0, tag })
      arrived.push(answer)
      return answer
    })
    const tags = Array.from({ length: 200 }, (_, tag) => tag)
    expect(await Promise.all(asked)).toEqual(tags)
    expect(arrived).toEqual(tags)
    const slowFirst = await Promise.all([
      client.later({ turns: 50, tag: 1 }),
      client.later({ turns: 0, tag: 2 }),
    ])
    expect(slowFirst).toEqual([1, 2])
  })

  test('carries a large batch whole', async () => {
    const { client } = await open()
    const rows = await client.rows({ count: 20_000 })
    expect(rows).toHaveLength(20_000)
    expect(rows.at(-1)).toEqual({ row: 19_999, text: 'x'.repeat(200), amount: 2n ** 256n - 1n })
  })

  test('answers an unknown name, a wrong input and a defect with an error that tells nothing of the inside', async () => {
    const { client } = await open()
    const unknown = client as unknown as Record<string, () => Promise<unknown>>
    await expect(unknown['nothing']?.()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(unknown['constructor']?.()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(client.number({ value: 'one' as never })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const defect = await client.broken().catch((error: unknown) => JSON.stringify(error))
    expect(defect).toContain('INTERNAL_SERVER_ERROR')
    expect(defect).not.toMatch(/secret|home|\.ts/)
    expect(await client.number({ value: 1 })).toBe(2)
  })

  test('aborts what is under way when the page goes away, and when the page gives it up', async () => {
    const waits = { begun: 0, aborted: 0 }
    const { client, hangUp } = await open(waits)
    const giveUp = new AbortController()
    const given = client.wait(undefined, { signal: giveUp.signal }).catch(() => 'gone')
    const left = client.wait().catch(() => 'gone')
    await vi.waitUntil(() => waits.begun === 2)
    giveUp.abort()
    await vi.waitUntil(() => waits.aborted === 1)
    hangUp()
    await vi.waitUntil(() => waits.aborted === 2)
    expect(await Promise.all([given, left])).toEqual(['gone', 'gone'])
  })

  test.each([
    ['no JSON', 'nonsense'],
    ['no object', '[]'],
    ['no call', '{"i":"1"}'],
    ['no path', '{"i":"1","p":{"u":7}}'],
    ['a foreign address', '{"i":"1","p":{"u":"http://evil.test/echo"}}'],
    ['an escape that cannot be read', '{"i":"1","p":{"u":"/%E0%A4%A"}}'],
    ['headers', '{"i":"1","p":{"u":"/echo","h":{"content-type":"text/event-stream"}}}'],
    ['a piece of a stream', '{"i":"1","t":3,"p":{"e":"message"}}'],
  ])('hangs up on a message that is %s, and nothing else happens', async (_, text) => {
    const { sendRaw, closed } = await open()
    sendRaw(text)
    await closed
  })
})
