import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { FusionBench } from '../../../test/fusionBench.ts'
import { until } from '../../../test/until.ts'
import type { TrackedIntent } from '../upstream.ts'

const ID = `0x${'ab'.repeat(32)}`
const bench = new FusionBench()

afterEach(() => bench.close())

function tracked(id: string, aliases = [id]): TrackedIntent {
  return {
    id,
    aliases: aliases.map((value) => ({ kind: 'intentId', value })),
    status: 'matched',
    lastHeardAtMs: 0,
  }
}

describe('losing and finding again', () => {
  it('says when hearing stopped and began, and reads every open intent again', async () => {
    const { backend, desk } = await bench.start()
    desk.open = [tracked('one'), tracked('two'), tracked('gone'), tracked('broken')]
    backend.answer = ({ url = '' }, response) => {
      const code = url.endsWith('gone') ? 404 : url.endsWith('broken') ? 500 : 200
      response.writeHead(code).end(`{ "status" : "executing" }`)
      return true
    }
    const lastHeardMs = desk.presences.at(-1)?.lastReceivedAtMs ?? 0
    backend.drop()
    await until('the repair', () => desk.repaired.length > 0)

    expect(desk.lost).toHaveLength(1)
    expect(desk.lost[0]?.reason).toContain('server closed the connection')
    expect(desk.lost[0]?.atMs).toBeGreaterThanOrEqual(lastHeardMs)
    expect(desk.resumed[1]?.atMs).toBeGreaterThan(desk.lost[0]?.atMs ?? Infinity)
    expect(desk.repaired).toEqual([{ readCount: 3, failedCount: 1 }])
    const readings = desk.ofKind('GET /api/intents/:intentId').filter(({ origin }) => origin === 'repair')
    expect(readings.map(({ payload }) => payload).sort()).toEqual([
      '{"requestedId":"gone","httpStatus":404,"body":{ "status" : "executing" }}',
      '{"requestedId":"one","httpStatus":200,"body":{ "status" : "executing" }}',
      '{"requestedId":"two","httpStatus":200,"body":{ "status" : "executing" }}',
    ])
  })

  it('asks at most five at once, in order, and under an older name when the newest is not known', async () => {
    const { backend, desk } = await bench.start()
    const ids = Array.from({ length: 12 }, (_, at) => `id-${at}`)
    desk.open = [...ids.map((id) => tracked(id)), tracked('new', ['new', 'old'])]
    const waiting: (() => void)[] = []
    let most = 0
    backend.answer = ({ url = '' }, response) => {
      if (!url.startsWith('/api/intents/')) {
        response.end('{}')
        return true
      }
      waiting.push(() => response.writeHead(url.endsWith('/new') ? 404 : 200).end('{}'))
      most = Math.max(most, waiting.length)
      return true
    }
    backend.drop()
    // None is answered before: over connections of their own, the sixth could come before the fifth.
    await until('five that wait', () => waiting.length >= 5)
    await until('the repair', () => {
      waiting.shift()?.()
      return desk.repaired.length > 0
    })
    expect(most).toBe(5)
    const asked = backend.reads
      .filter((read) => read.startsWith('GET /api/intents/'))
      .map((read) => read.slice('GET /api/intents/'.length))
    expect(asked.slice(0, 5).sort()).toEqual(ids.slice(0, 5))
    expect(new Set(asked)).toEqual(new Set([...ids, 'new', 'old']))
    expect(desk.repaired).toEqual([{ readCount: 13, failedCount: 0 }])
  })

  it('keeps trying a server that is away, and finds it when it is back', async () => {
    const { backend, desk } = await bench.start()
    await backend.close()
    const refusals = () => desk.presences.filter(({ reason }) => reason.includes('nothing listens'))
    await until('two refusals', () => new Set(refusals().map(({ attempt }) => attempt)).size >= 2)
    const down = refusals()
    expect(down.at(-1)).toMatchObject({ state: 'retrying' })
    expect(down.at(-1)?.tip).toContain('Is the server running')
    expect(down.some(({ nextRetryAtMs }) => nextRetryAtMs !== null)).toBe(true)

    await bench.backend(Number(new URL(backend.url).port))
    desk.link?.reconnectNow()
    await until('hearing again', () => desk.resumed.length === 2)
    expect(desk.state()).toBe('live')
    expect(desk.lost).toHaveLength(1)
  })

  it('sends nothing it was asked to say while it was away', async () => {
    const { backend, desk } = await bench.start()
    backend.drop()
    await until('the drop', () => desk.lost.length === 1)
    const before = backend.heard.length
    desk.link?.unwatch(ID)
    await until('the return', () => desk.resumed.length === 2)
    expect(backend.heard[before]).toEqual({ event: 'subscribe:all', args: [] })
    expect(backend.heard.map(({ event }) => event)).not.toContain('unsubscribe:intent')
  })

  it('notices a server that is silent while its socket is open', async () => {
    const { backend, desk } = await bench.start({ staleAfterMs: 2_000, pingIntervalMs: 1_000 })
    for (const socket of backend.sockets) {
      socket.removeAllListeners()
      socket.offAny()
    }
    await until('stale', () => desk.presences.some(({ state }) => state === 'stale'))
    await until('given up', () => desk.lost.length === 1)
    expect(desk.lost[0]?.reason).toContain('Nothing was received for 2 s')
    await until('a new connection', () => desk.resumed.length === 2)
  })

  it('waits a minute after a refusal, and says what to change', async () => {
    const { backend, desk: first } = await bench.start()
    const desk = await bench.desk(backend.url, { namespace: '/nowhere' })
    await until('the refusal', () => desk.state() === 'refused')
    const refused = desk.presences.at(-1)
    expect(refused?.reason).toContain('does not have this namespace')
    expect((refused?.nextRetryAtMs ?? 0) - (refused?.sinceMs ?? 0)).toBeGreaterThanOrEqual(59_000)
    expect(first.state()).toBe('live')
    expect(backend.sockets).toHaveLength(1)
  })

  it('waits for a person when the server wants a credential', async () => {
    const backend = await bench.backend()
    backend.shutOut('unauthorized')
    const desk = await bench.desk(backend.url)
    await until('the refusal', () => desk.state() === 'needs-credentials')
  })

  it('knows a server that speaks something else', async () => {
    const server = createServer((_, response) => response.writeHead(404).end('<h1>Not here</h1>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const desk = await bench.desk(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    await until('the refusal', () => desk.state() === 'refused')
    expect(desk.presences.at(-1)?.reason).toContain('speaks HTTP (404) but not Socket.IO')
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
