import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { settableClock, type SettableClock } from '../kit/clock.ts'
import type { SandboxSystem } from '../system.ts'
import { startWorld, type World } from '../world/world.ts'
import { startOneinchFusionPlus } from './server.ts'

const STARTED_AT_MS = 1_800_000_000_000
const MINUTE = 60_000

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
}

interface Running {
  system: SandboxSystem
  clock: SettableClock
  key: string
  /** Advances and lets sockets have their turn. */
  pass: (durationMs: number) => Promise<void>
  read: (path: string, init?: Asked) => Promise<{ status: number; headers: Headers; body: unknown }>
}

const open: { system: SandboxSystem; world: World }[] = []

afterEach(async () => {
  for (const { system, world } of open.splice(0)) {
    world.close()
    await system.close()
  }
})

async function start(seed = 7): Promise<Running> {
  const clock = settableClock(STARTED_AT_MS)
  const world = startWorld({ seed, rate: 1, clock })
  const system = await startOneinchFusionPlus({ world, clock, seed, rate: 1, port: 0, historyLength: 50_000 })
  open.push({ system, world })
  const [key = ''] = Object.values(system.credentials)
  const base = system.connections[0]?.restUrl ?? ''
  return {
    system,
    clock,
    key,
    pass: async (durationMs) => {
      for (let passed = 0; passed < durationMs; passed += 1_000) clock.advanceBy(1_000)
      await new Promise((resolve) => setImmediate(resolve))
    },
    read: async (path, init = {}) => {
      const headers = { authorization: `Bearer ${key}`, ...init.headers }
      const response = await fetch(`${base}/fusion-plus${path}`, { ...init, headers })
      return { status: response.status, headers: response.headers, body: await response.json() }
    },
  }
}

/** How an upgrade ends: `open`, or the HTTP code that turns it away. */
function knock(url: string, key: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${key}` } })
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      resolve(String(response.statusCode))
    })
    socket.on('open', () => {
      resolve('open')
      socket.terminate()
    })
  })
}

describe('the door', () => {
  it('opens to the right key only, at the socket and at every reading', async () => {
    const { system, key, read } = await start()
    const url = `${system.connections[0]?.url ?? ''}/v1.2`
    expect(await knock(url, key)).toBe('open')
    expect(await knock(url, `${key}x`)).toBe('401')
    expect(await knock(`${system.connections[0]?.url ?? ''}/v9.9`, key)).toBe('404')
    for (const path of ['/orders/v1.2/order/active', '/orders/v1.2/order/secrets/0x01']) {
      const refused = await read(path, { headers: { authorization: 'Bearer nobody' } })
      expect(refused.status).toBe(401)
    }
    expect((await read('/orders/v1.2/order/active')).status).toBe(200)
  })

  it('shuts when the key expires or patience is asked for, and opens again afterwards', async () => {
    const { system, key, clock, read } = await start()
    const url = `${system.connections[0]?.url ?? ''}/v1.2`
    system.faults.apply('expire-token 5')
    expect([await knock(url, key), (await read('/orders/v1.2/order/active')).status]).toEqual(['401', 401])
    clock.advanceBy(5_000)
    system.faults.apply('429 7')
    const limited = await read('/orders/v1.2/order/active')
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    clock.advanceBy(7_000)
    expect(await knock(url, key)).toBe('open')
  })
})

describe('the story', () => {
  it('is the same for the same seed and another for another', async () => {
    const told = async (seed: number): Promise<string> => {
      const { system, pass } = await start(seed)
      await pass(3 * MINUTE)
      return JSON.stringify(system.history.events.map(({ atMs, event, payload }) => [atMs, event, payload]))
    }
    const [one, same, other] = [await told(1), await told(1), await told(2)]
    expect(same).toBe(one)
    expect(other).not.toBe(one)
  })

  it('has some eighty orders under way from the start, in each state, and comes to every end', async () => {
    const { read, pass, system } = await start()
    const statuses = async (): Promise<string[]> => {
      const hashes = system.history.events.flatMap(({ payload }) => hashIn(payload))
      const { body } = await read('/orders/v1.2/order/status', {
        method: 'POST',
        body: JSON.stringify({ orderHashes: [...new Set(hashes)].slice(0, 500) }),
      })
      return (body as { status: string }[]).map(({ status }) => status)
    }
    const { body } = await read('/orders/v1.2/order/active?page=1&limit=500')
    const { items } = body as { items: { fills: unknown[] }[] }
    expect(items.length).toBeGreaterThan(50)
    expect(items.some(({ fills }) => fills.length === 0)).toBe(true)
    expect(items.some(({ fills }) => fills.length > 0)).toBe(true)
    await pass(20 * MINUTE)
    expect(new Set(await statuses())).toEqual(
      new Set(['pending', 'executed', 'refunding', 'refunded', 'expired', 'cancelled']),
    )
  })

  it('offers public actions in the public windows only, and never asks for a secret that is out', async () => {
    const { read, pass, clock } = await start()
    let offeredCount = 0
    for (let minute = 0; minute < 20; minute += 1) {
      await pass(MINUTE)
      const { body } = await read('/orders/v1.2/order/ready-to-execute-public-actions')
      for (const { side, action, immutables } of (body as { actions: Offered[] }).actions) {
        offeredCount += 1
        const deployedAtSec = Number(BigInt(immutables.timelocks) >> 224n)
        const sinceSec = Math.floor(clock.nowMs() / 1_000) - deployedAtSec
        const opensSec = action === 'cancel' ? 444 : side === 'src' ? 168 : 132
        expect(sinceSec).toBeGreaterThanOrEqual(opensSec)
      }
    }
    expect(offeredCount).toBeGreaterThan(0)
    const ready = await read('/orders/v1.2/order/ready-to-accept-secret-fills')
    for (const { orderHash, fills } of (ready.body as { orders: ReadyOrder[] }).orders) {
      const { body } = await read(`/orders/v1.2/order/secrets/${orderHash}`)
      const out = (body as { secrets: { idx: number }[] }).secrets.map(({ idx }) => idx)
      for (const { idx } of fills) expect(out).not.toContain(idx)
    }
  })
})

interface Offered {
  side: string
  action: string
  immutables: { timelocks: string }
}

interface ReadyOrder {
  orderHash: string
  fills: { idx: number }[]
}

function hashIn(payload: unknown): string[] {
  const { result } = payload as { result?: { orderHash?: string } }
  return result?.orderHash === undefined ? [] : [result.orderHash]
}
