import { afterEach, describe, expect, it } from 'vitest'
import { bareFlashnet, type BareFlashnet } from '../../../test/bareFlashnet.ts'
import { settableClock, type SettableClock } from '../../../test/settableClock.ts'
import { until } from '../../../test/until.ts'
import { Desk } from '../../../test/upstreamDesk.ts'
import { flashnet } from './index.ts'
import type { Upstream } from '../upstream.ts'

const KEY = '7c'.repeat(32)
const ID = '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
const CHALLENGES = 'POST /api/v1/auth/challenge'

interface Scene {
  gateway: BareFlashnet
  desk: Desk
  clock: SettableClock
}

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function begin(prepare: (gateway: BareFlashnet, desk: Desk) => void = () => undefined): Promise<Scene> {
  const gateway = await bareFlashnet()
  gateway.submissions.set(ID, JSON.stringify({ submissionId: ID, status: 'ACCEPTED' }))
  closers.push(gateway.close)
  const desk = new Desk()
  desk.credential = KEY
  prepare(gateway, desk)
  const clock = settableClock()
  closers.push(() => desk.close())
  await desk.connect(flashnet as Upstream, { url: gateway.url, clock })
  return { gateway, desk, clock }
}

async function live(scene: Scene): Promise<Scene> {
  await until('hearing', () => scene.desk.state() === 'live')
  return scene
}

function signInsOf({ gateway }: Scene): number {
  return gateway.reads.filter((read) => read === CHALLENGES).length
}

describe('signing in', () => {
  it('happens once, with a signature that another implementation accepts', async () => {
    const scene = await live(await begin())
    await scene.desk.link?.reread(ID)
    expect(scene.gateway.tokens).toHaveLength(1)
    expect(signInsOf(scene)).toBe(1)
  })

  it.each([`0x${KEY}`, KEY.toUpperCase(), ` ${KEY}\n`])('takes a key however it is written', async (key) => {
    const scene = await live(await begin((_, desk) => (desk.credential = key)))
    expect(scene.gateway.tokens).toHaveLength(1)
  })

  it.each(['', 'a password', '7c'.repeat(31), '00'.repeat(32), 'ff'.repeat(32)])(
    'sends nothing for a key that is none, and does not repeat it',
    async (key) => {
      const scene = await begin((_, desk) => (desk.credential = key))
      await until('the refusal', () => scene.desk.state() === 'needs-credentials')
      expect(signInsOf(scene)).toBe(0)
      if (key !== '') expect(JSON.stringify(scene.desk.presences)).not.toContain(key)
    },
  )

  it('is left out without a key, and where the gateway does not offer it', async () => {
    const without = await live(
      await begin((gateway, desk) => {
        gateway.wantsToken = false
        desk.credential = null
      }),
    )
    await without.desk.link?.reread(ID)
    expect(signInsOf(without)).toBe(0)
    const notOffered = await begin((gateway) => {
      gateway.wantsToken = false
      gateway.answer = (request, response) => {
        if (request.url?.includes('/auth/') !== true) return false
        response.writeHead(404).end('no')
        return true
      }
    })
    await (await live(notOffered)).desk.link?.reread(ID)
    expect(notOffered.gateway.tokens).toEqual([])
  })

  it('uses the older challenge where there is no other', async () => {
    const scene = await begin((gateway) => {
      gateway.answer = (request, response) => {
        if (request.url !== '/api/v1/auth/challenge') return false
        response.end('{"challenge":"00ff"}')
        return true
      }
    })
    await until('the signature', () => scene.gateway.reads.includes('POST /api/v1/auth/verify'))
  })
})

describe('a token', () => {
  it('is renewed at four fifths of its life, by its length and not by anybody’s clock', async () => {
    const scene = await live(await begin((gateway) => (gateway.tokenSec = 1_000)))
    scene.clock.advance(799_000)
    await scene.desk.link?.reread(ID)
    expect(scene.gateway.tokens).toHaveLength(1)
    scene.clock.advance(1_000)
    await until('the second', () => scene.gateway.tokens.length === 2)
  })

  it('that ends at once is no storm', async () => {
    const scene = await live(await begin((gateway) => (gateway.tokenSec = 1)))
    scene.clock.advance(4_000)
    await scene.desk.link?.reread(ID)
    expect(scene.gateway.tokens).toHaveLength(1)
  })

  it('that is refused is replaced once, however many readings find out', async () => {
    const scene = await live(await begin())
    scene.gateway.expireTokens()
    const link = await until('the link', () => scene.desk.link)
    await Promise.all([ID, 'b', 'c', 'd'].map((id) => link.reread(id)))
    expect(scene.gateway.tokens).toHaveLength(2)
    expect(scene.desk.lost).toEqual([])
  })

  it('that is refused although it is new ends the connection until there is another key', async () => {
    const scene = await live(await begin())
    scene.gateway.answer = (request, response) => {
      if (request.url?.includes('/intents/') !== true) return false
      response.writeHead(401).end('no')
      return true
    }
    await expect(scene.desk.link?.reread(ID)).rejects.toMatchObject({ facts: { httpStatus: 401 } })
    await until('the refusal', () => scene.desk.state() === 'needs-credentials')
    expect(signInsOf(scene)).toBe(2)
    scene.clock.advance(600_000)
    expect(signInsOf(scene)).toBe(2)
  })
})
