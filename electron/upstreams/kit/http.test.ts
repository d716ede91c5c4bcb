import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttp } from './http.ts'
import { offeredCredential } from './offeredCredential.ts'
import { settableClock } from '../../../test/settableClock.ts'

const servers: Server[] = []
const clock = settableClock(Date.UTC(2026, 10, 21))
const never = new AbortController().signal

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('http', () => {
  it('answers with status, text and our time, unparsed', async () => {
    const baseUrl = await serve((request, response) =>
      response.end(`{"path":"${request.url ?? ''}","n":9007199254740993}`),
    )
    const answer = await createHttp({ baseUrl: `${baseUrl}/`, clock }).get('/api/health', never)
    expect(answer).toEqual({
      status: 200,
      text: '{"path":"/api/health","n":9007199254740993}',
      receivedAtMs: clock.nowMs(),
    })
  })

  it('takes 404 as an answer', async () => {
    const baseUrl = await serve((_, response) => response.writeHead(404).end('{"error":"unknown"}'))
    await expect(createHttp({ baseUrl, clock }).get('/x', never)).resolves.toMatchObject({ status: 404 })
  })

  it('does not follow a redirect, and the other server hears nothing', async () => {
    let heard = 0
    const elsewhere = await serve((_, response) => {
      heard += 1
      response.end('{}')
    })
    const baseUrl = await serve((_, response) => response.writeHead(302, { location: elsewhere }).end())
    await expect(createHttp({ baseUrl, clock }).get('/x', never)).rejects.toMatchObject({
      code: 'upstream',
      message: expect.stringContaining('redirects') as string,
    })
    expect(heard).toBe(0)
  })

  it.each([
    ['chunks', (chunk: Buffer) => chunk, {}],
    ['a gzip bomb', (chunk: Buffer) => gzipSync(chunk), { 'content-encoding': 'gzip' }],
  ])('gives up a body beyond 8 MiB that comes as %s', async (_, encode, headers) => {
    const baseUrl = await serve((_request, response) => {
      response.writeHead(200, headers)
      const part = encode(Buffer.alloc(16 * 2 ** 20, ' '))
      response.write(part)
      response.on('error', () => undefined)
    })
    await expect(createHttp({ baseUrl, clock }).get('/x', never)).rejects.toThrow('more than 8 MiB')
  })

  it('refuses JSON that nests too deep', async () => {
    const baseUrl = await serve((_, response) => response.end('['.repeat(100) + ']'.repeat(100)))
    await expect(createHttp({ baseUrl, clock }).get('/x', never)).rejects.toThrow('nests deeper')
  })

  it('gives up an answer that drips', async () => {
    const asked = Promise.withResolvers<null>()
    const baseUrl = await serve((_, response) => {
      response.writeHead(200)
      response.write('{')
      asked.resolve(null)
    })
    const reading = createHttp({ baseUrl, clock }).get('/x', never)
    const outcome = expect(reading).rejects.toMatchObject({
      isRetryable: true,
      message: expect.stringContaining('10 s') as string,
    })
    await asked.promise
    clock.advance(10_000)
    await outcome
    expect(clock.pending()).toBe(0)
  })

  it('ends at once when it is no longer wanted', async () => {
    const wanted = new AbortController()
    const baseUrl = await serve(() => {
      wanted.abort()
    })
    await expect(createHttp({ baseUrl, clock }).get('/x', wanted.signal)).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  it.each([429, 503])(
    'obeys Retry-After after %d: asks nobody until then, and asks again after it',
    async (status) => {
      let asked = 0
      const baseUrl = await serve((_, response) => {
        asked += 1
        if (asked === 1) response.writeHead(status, { 'retry-after': '20' }).end()
        else response.end('{}')
      })
      const pauses: number[] = []
      const http = createHttp({ baseUrl, clock, onPause: (_, untilMs) => pauses.push(untilMs) })
      await expect(http.get('/x', never)).rejects.toThrow('pause of 20 s')
      clock.advance(19_000)
      await expect(http.get('/x', never)).rejects.toThrow('pause of 1 s')
      expect(asked).toBe(1)
      clock.advance(1_000)
      await expect(http.get('/x', never)).resolves.toMatchObject({ status: 200 })
      expect(pauses).toEqual([http.pausedUntilMs()])
    },
  )

  it.each([
    [500, true, 'failed (HTTP 500)'],
    [401, false, 'refused the reading (HTTP 401)'],
    [403, false, 'refused the reading (HTTP 403)'],
  ])('turns %d into a failure', async (status, isRetryable, message) => {
    const baseUrl = await serve((_, response) => response.writeHead(status).end())
    await expect(createHttp({ baseUrl, clock }).get('/x', never)).rejects.toMatchObject({
      isRetryable,
      message: expect.stringContaining(message) as string,
    })
  })

  it('says that nothing listens', async () => {
    const baseUrl = await serve(() => undefined)
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve))
    await expect(createHttp({ baseUrl, clock }).get('/x', never)).rejects.toThrow('cannot be reached')
  })
})

describe('http with a credential', () => {
  /** An API that lets in whoever brings the good token, and what it was brought. */
  async function guarded(good: string) {
    const brought: (string | undefined)[] = []
    const baseUrl = await serve(({ headers }, response) => {
      brought.push(headers.authorization)
      response.writeHead(headers.authorization === `Bearer ${good}` ? 200 : 401).end('{}')
    })
    return { baseUrl, brought }
  }

  it('offers a refused one never again, and the next one once it is there', async () => {
    const { baseUrl, brought } = await guarded('new')
    let stored: string | null = 'old'
    const told: number[] = []
    const credential = offeredCredential(() => Promise.resolve(stored))
    const http = createHttp({ baseUrl, clock, credential, onUnauthorised: (status) => told.push(status) })
    for (let ask = 0; ask < 20; ask += 1) {
      await expect(http.get('/x', never)).rejects.toThrow('refused the reading (HTTP 401)')
    }
    expect(brought).toEqual(['Bearer old'])
    expect(told).toEqual([401])
    stored = 'new'
    await expect(http.get('/x', never)).resolves.toMatchObject({ status: 200 })
    expect(brought).toEqual(['Bearer old', 'Bearer new'])
  })

  it('control: a reader without a memory of what was refused hammers', async () => {
    const { baseUrl, brought } = await guarded('new')
    for (let ask = 0; ask < 20; ask += 1) {
      const credential = offeredCredential(() => Promise.resolve('old'))
      await createHttp({ baseUrl, clock, credential })
        .get('/x', never)
        .catch(() => null)
    }
    expect(brought).toHaveLength(20)
  })

  it('brings it nowhere else, whatever the server says', async () => {
    const elsewhere = await guarded('canary')
    const baseUrl = await serve((_, response) =>
      response.writeHead(307, { location: `${elsewhere.baseUrl}/stolen` }).end(),
    )
    const credential = offeredCredential(() => Promise.resolve('canary'))
    await expect(createHttp({ baseUrl, clock, credential }).get('/x', never)).rejects.toThrow('redirects')
    expect(elsewhere.brought).toEqual([])
  })

  it('says nothing of it in a failure', async () => {
    const { baseUrl } = await guarded('other')
    const credential = offeredCredential(() => Promise.resolve('canary'))
    const failure: unknown = await createHttp({ baseUrl, clock, credential })
      .get('/x', never)
      .catch((error: unknown) => error)
    expect(JSON.stringify(failure)).not.toContain('canary')
    expect((failure as Error).stack).not.toContain('canary')
  })
})

it('a clock that is set back by a day does not make a pause longer by a day', async () => {
  const asked: string[] = []
  const baseUrl = await serve((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(asked.length === 1 ? 429 : 200, { 'retry-after': '600' }).end('{}')
  })
  const http = createHttp({ baseUrl, clock })
  await expect(http.get('/x', never)).rejects.toThrow('pause of 600 s')
  const nowMs = clock.nowMs()
  clock.set(nowMs - 86_400_000)
  expect((await http.get('/x', never)).status).toBe(200)
  clock.set(nowMs)
})

it('control: a reader that forgets the pause asks at once', async () => {
  let asked = 0
  const baseUrl = await serve((_, response) => {
    asked += 1
    response.writeHead(429, { 'retry-after': '600' }).end()
  })
  for (let ask = 0; ask < 5; ask += 1)
    await createHttp({ baseUrl, clock })
      .get('/x', never)
      .catch(() => null)
  expect(asked).toBe(5)
})
