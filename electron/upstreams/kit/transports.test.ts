import { createServer, type RequestListener, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { Manager, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../../../test/until.ts'
import { BoundedPolling, BoundedWebSocket, HandshakeRefused, type Holdable } from './transports.ts'

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listening(server: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A server that answers every handshake, upgrades included, in one way. */
async function answering(answer: RequestListener): Promise<{ url: string; askedCount: () => number }> {
  let askedCount = 0
  const server = createServer((request, response) => {
    askedCount += 1
    answer(request, response)
  })
  server.on('upgrade', (request, socket) => {
    askedCount += 1
    const response = {
      writeHead: (code: number, headers: Record<string, string> = {}) => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
        socket.end(
          `HTTP/1.1 ${code} Answer\r\n${lines.join('')}content-length: 0\r\nconnection: close\r\n\r\n`,
        )
        return { end: () => undefined }
      },
    }
    answer(request, response as never)
  })
  return { url: await listening(server), askedCount: () => askedCount }
}

function joining(url: string, carriers: unknown[]): { socket: Socket; errors: unknown[] } {
  const manager = new Manager(url, {
    transports: carriers as never,
    tryAllTransports: true,
    reconnection: false,
  })
  const socket = manager.socket('/')
  const errors: unknown[] = []
  socket.on('connect_error', (error) => errors.push(error))
  closers.push(() => {
    socket.disconnect()
  })
  return { socket, errors }
}

/** The refusal that an error of the library wraps. */
function refusalIn(error: unknown): unknown {
  const { description } = error as { description?: { error?: unknown } }
  return description instanceof HandshakeRefused ? description : description?.error
}

const CARRIERS = [
  ['WebSocket', BoundedWebSocket],
  ['polling', BoundedPolling],
] as const

describe.each(CARRIERS)('%s', (_, carrier) => {
  it('carries events both ways and leaves', async () => {
    const http = createServer()
    const io = new Server(http)
    closers.push(() => io.close())
    const heard: unknown[] = []
    io.on('connection', (socket) => {
      socket.on('question', (value: unknown) => {
        heard.push(value)
        socket.emit('answer', 'ü'.repeat(100_000))
      })
    })
    const { socket } = joining(await listening(http), [carrier])
    const answers: string[] = []
    socket.on('answer', (text: string) => answers.push(text))
    socket.emit('question', 42)
    await until('the answer', () => answers.length === 1)
    expect(heard).toEqual([42])
    expect(answers[0]).toBe('ü'.repeat(100_000))
    socket.disconnect()
    await until('the server to see it', () => io.engine.clientsCount === 0)
  })

  it('takes nothing in while held, and everything after it', async () => {
    const http = createServer()
    const io = new Server(http)
    closers.push(() => io.close())
    const { socket } = joining(await listening(http), [carrier])
    const heard: number[] = []
    socket.on('said', (n: number) => heard.push(n))
    await until('the connection', () => io.engine.clientsCount === 1 && socket.connected)
    const carrying = socket.io.engine.transport as unknown as Holdable
    io.emit('said', 1)
    await until('the first', () => heard.length === 1)
    carrying.hold()
    const part = 'x'.repeat(100_000)
    for (let n = 2; n <= 200; n += 1) io.emit('said', n, part)
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    // What was on its way already may still come: one answer, or what one read of the network brought.
    expect(heard.length).toBeLessThan(100)
    carrying.release()
    await until('the rest', () => heard.length === 200)
  })

  it.each([401, 429, 503])(
    'is refused with HTTP %d once, by no other carrier either, and tells how',
    async (code) => {
      const { url, askedCount } = await answering((_request, response) => {
        response.writeHead(code, { 'retry-after': '7' }).end()
      })
      const others = CARRIERS.map(([, other]) => other).filter((other) => other !== carrier)
      const { errors } = joining(url, [carrier, ...others])
      await until('the refusal', () => errors.length === 1)
      expect(refusalIn(errors[0])).toMatchObject({ status: code, retryAfter: '7' })
      expect(askedCount()).toBe(1)
    },
  )

  it('gives way to the other carrier where only this one is refused', async () => {
    const { url, askedCount } = await answering((_request, response) => {
      response.writeHead(403).end()
    })
    const others = CARRIERS.map(([, other]) => other).filter((other) => other !== carrier)
    const { errors } = joining(url, [carrier, ...others])
    await until('the refusal', () => errors.length === 1)
    expect(askedCount()).toBe(2)
  })

  it('does not follow a redirect', async () => {
    const elsewhere = await answering((_request, response) => {
      response.writeHead(200).end()
    })
    const { url } = await answering((_request, response) => {
      response.writeHead(302, { location: elsewhere.url }).end()
    })
    const { errors } = joining(url, [carrier])
    await until('the refusal', () => errors.length === 1)
    expect(elsewhere.askedCount()).toBe(0)
  })
})

describe('polling', () => {
  it('gives up an answer without end', async () => {
    let sentBytes = 0
    const part = Buffer.alloc(2 ** 20, 'x')
    const { url } = await answering((_request, response) => {
      response.writeHead(200)
      const pour = (): void => {
        while (!response.destroyed) {
          sentBytes += part.length
          if (!response.write(part)) break
        }
      }
      response.on('drain', pour)
      pour()
    })
    const { errors } = joining(url, [BoundedPolling])
    await until('the end', () => errors.length === 1)
    expect(sentBytes).toBeLessThan(64 * 2 ** 20)
  })

  it('leaves no request behind that nobody answers', async () => {
    let [openCount, askedCount] = [0, 0]
    const { url } = await answering((_request, response) => {
      openCount += 1
      askedCount += 1
      response.on('close', () => (openCount -= 1))
    })
    const { socket } = joining(url, [BoundedPolling])
    await until('the question', () => askedCount === 1)
    socket.disconnect()
    await until('no open request', () => openCount === 0)
  })
})
