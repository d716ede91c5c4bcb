import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { settableClock } from '../../../test/settableClock.ts'
import { until } from '../../../test/until.ts'
import type { CommandRequest } from '../command.ts'
import { sendOnce } from './sendOnce.ts'

const clock = settableClock()
const never = new AbortController().signal
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server that keeps the bodies it was sent, and answers as told. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('utf8'))
      answer(request, response)
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, bodies, server }
}

function post(url: string, body = '{"a":1}'): CommandRequest {
  return { method: 'POST', url, body, secretHeaders: [], secrets: [] }
}

describe('sendOnce', () => {
  it('sends the very bytes and the credential, and brings the answer as it came', async () => {
    const seen: (string | undefined)[] = []
    const { url, bodies } = await serve(({ headers }, response) => {
      seen.push(headers.authorization)
      response.writeHead(409).end('{"error":"twice"}')
    })
    const body = '{ "amount" : 12345678901234567890, "ü":"\\u00e4" }'
    const sent = await sendOnce(post(url, body), {
      clock,
      headers: { authorization: 'Bearer x' },
      signal: never,
    })
    expect(sent).toMatchObject({ kind: 'answered', httpStatus: 409, text: '{"error":"twice"}' })
    expect(bodies).toEqual([body])
    expect(seen).toEqual(['Bearer x'])
  })

  it('knows that nothing was sent where nobody listens', async () => {
    const { url, server } = await serve(() => undefined)
    await new Promise((resolve) => server.close(resolve))
    expect(await sendOnce(post(url), { clock, headers: {}, signal: never })).toMatchObject({
      kind: 'not-sent',
    })
  })

  it.each([
    ['closes the connection', (response: ServerResponse) => response.socket?.destroy()],
    [
      'breaks off within the answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('{', () => response.socket?.destroy())
      },
    ],
  ])('calls it lost, and sends it no second time, when the other end %s', async (_, breakOff) => {
    const { url, bodies } = await serve((_request, response) => {
      breakOff(response)
    })
    expect(await sendOnce(post(url), { clock, headers: {}, signal: never })).toMatchObject({ kind: 'lost' })
    expect(bodies).toHaveLength(1)
  })

  it('calls it lost when no answer comes in time', async () => {
    const { url, bodies } = await serve(() => undefined)
    const sent = sendOnce(post(url), { clock, headers: {}, signal: never })
    await until('the request has come', () => bodies.length === 1)
    clock.advance(20_000)
    expect(await sent).toMatchObject({ kind: 'lost', why: expect.stringContaining('20 s') as string })
  })

  it('brings how long the other end asks to wait, where it says so', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(429, { 'retry-after': '90' }).end(),
    )
    const sent = await sendOnce(post(url), { clock, headers: {}, signal: never })
    expect(sent).toMatchObject({ kind: 'answered', httpStatus: 429, retryAfterMs: 90_000 })
    const silent = await serve((_request, response) => response.writeHead(429).end())
    expect(await sendOnce(post(silent.url), { clock, headers: {}, signal: never })).not.toHaveProperty(
      'retryAfterMs',
    )
  })

  it('follows no redirect', async () => {
    const elsewhere = await serve((_request, response) => response.end('{}'))
    const { url } = await serve((_request, response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    )
    const sent = await sendOnce(post(url), { clock, headers: { authorization: 'Bearer x' }, signal: never })
    expect(sent).toMatchObject({ kind: 'answered', httpStatus: 307 })
    expect(elsewhere.bodies).toEqual([])
  })

  it('gives up with the connection: not sent before, lost after', async () => {
    const { url, bodies } = await serve(() => undefined)
    expect(await sendOnce(post(url), { clock, headers: {}, signal: AbortSignal.abort() })).toMatchObject({
      kind: 'not-sent',
    })
    const ending = new AbortController()
    const sent = sendOnce(post(url), { clock, headers: {}, signal: ending.signal })
    await until('the request has come', () => bodies.length === 1)
    ending.abort()
    expect(await sent).toMatchObject({ kind: 'lost' })
  })

  it('control: a sender that tries again is seen by the same count', async () => {
    const { url, bodies } = await serve((_request, response) => response.socket?.destroy())
    for (let attempt = 0; attempt < 2; attempt += 1)
      await fetch(url, { method: 'POST', body: '{}' }).catch(() => null)
    expect(bodies).toHaveLength(2)
  })
})
