import { afterEach, describe, expect, it } from 'vitest'
import { bareFrames, type BareFrames } from '../../../test/bareFrames.ts'
import { settableClock } from '../../../test/settableClock.ts'
import { until } from '../../../test/until.ts'
import type { Damage } from './guard.ts'
import { FrameSocket, type FrameSocketEvents } from './frameSocket.ts'
import type { Trouble } from './keepConnected.ts'
import { offeredCredential } from './offeredCredential.ts'

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Ends {
  server: BareFrames
  socket: FrameSocket
  frames: { text: string; value: unknown }[]
  damages: Damage[]
  troubles: Trouble[]
  count: { opened: number; traffic: number; ponged: number }
}

async function ends(
  more: { credential?: () => Promise<string | null>; frame?: FrameSocketEvents['frame']; url?: string } = {},
): Promise<Ends> {
  const server = await bareFrames()
  const clock = settableClock()
  const { credential = () => Promise.resolve(null) } = more
  const found: Omit<Ends, 'socket'> = {
    server,
    frames: [],
    damages: [],
    troubles: [],
    count: { opened: 0, traffic: 0, ponged: 0 },
  }
  const url = more.url ?? `${server.url.replace('http', 'ws')}/feed`
  const socket = new FrameSocket(
    { url, clock, credential: offeredCredential(credential) },
    {
      opened: () => (found.count.opened += 1),
      down: (trouble) => found.troubles.push(trouble),
      frame: more.frame ?? ((text, value) => found.frames.push({ text, value })),
      damaged: (_, damage) => found.damages.push(damage),
      traffic: () => (found.count.traffic += 1),
      ponged: () => (found.count.ponged += 1),
    },
  )
  closers.push(async () => {
    socket.drop()
    const closed = socket.closed()
    await until('the end', () => {
      clock.advance(100)
      return server.openSockets() === 0
    })
    await server.close()
    await closed
    expect(clock.pending()).toBe(0)
  })
  return { ...found, socket }
}

async function opened(more: Parameters<typeof ends>[0] = {}): Promise<Ends> {
  const both = await ends(more)
  both.socket.open()
  await until('the opening', () => both.count.opened === 1)
  return both
}

describe('a socket of frames', () => {
  it('shows its credential on the upgrade, read anew at each, and goes without one', async () => {
    const keys = ['first', 'second', null]
    const both = await ends({ credential: () => Promise.resolve(keys.shift() ?? null) })
    const { server, socket, count } = both
    for (let turn = 1; turn <= 3; turn += 1) {
      socket.open()
      await until('the opening', () => count.opened === turn)
      socket.drop()
    }
    const shown = ['Bearer first', 'Bearer second', undefined]
    expect(server.upgrades).toEqual(shown.map((authorization) => ({ path: '/feed', authorization })))
  })

  it('hands on text and binary frames, numbers exact, and sends only while it is open', async () => {
    const { server, socket, frames, count } = await opened()
    server.sayText('{ "amount" : 9007199254740993 }')
    server.sayBinary(Buffer.from('{"binary":true}'))
    await until('both', () => frames.length === 2)
    expect(frames[0]?.text).toBe('{ "amount" : 9007199254740993 }')
    expect(String((frames[0]?.value as { amount: unknown }).amount)).toBe('9007199254740993')
    expect(frames[1]?.value).toEqual({ binary: true })
    expect(socket.send({ method: 'ping' })).toBe(true)
    await until('the question', () => server.heard.length === 1)
    socket.ping()
    await until('the answer', () => count.ponged === 1)
    expect(count.traffic).toBe(3)
    socket.drop()
    expect(socket.send({ method: 'ping' })).toBe(false)
  })

  it('outlives what cannot be read, bytes that are no text among it', async () => {
    const { server, frames, damages, troubles } = await opened()
    for (const text of ['', '{', `${'['.repeat(5_000)}${']'.repeat(5_000)}`]) server.sayText(text)
    server.sayBinary(Buffer.from([0x22, 0xff, 0xfe, 0x22]))
    server.say({ good: true })
    await until('the good one', () => frames.length === 1)
    expect(damages.map(({ reason }) => reason.slice(0, 12))).toEqual([
      'Not JSON: Un',
      'Not JSON: Ex',
      'The frame ne',
      'The frame is',
    ])
    expect(troubles).toEqual([])
  })

  it('ends the connection, in words, when taking in a frame fails here', async () => {
    const fail = (): void => {
      throw new Error('a defect')
    }
    const { server, troubles } = await opened({ frame: fail })
    server.say({ good: true })
    await until('the end', () => troubles.length === 1)
    expect(troubles[0]).toMatchObject({
      state: 'retrying',
      reason: 'A frame could not be taken in: a defect',
    })
    await until('the other end to see it', () => server.openSockets() === 0)
  })

  it('reads nothing while it is paused, and all of it afterwards, a new connection included', async () => {
    const { server, socket, frames, count } = await opened()
    socket.pause()
    socket.drop()
    socket.open()
    await until('the opening', () => count.opened === 2)
    const before = count.traffic
    for (let n = 0; n < 50; n += 1) server.say({ n })
    await new Promise((resolve) => setImmediate(resolve))
    expect(count.traffic).toBe(before)
    socket.resume()
    await until('all', () => frames.length === 50)
  })

  it.each([
    [401, 'needs-credentials'],
    [403, 'needs-credentials'],
    [302, 'refused'],
    [400, 'refused'],
    [404, 'refused'],
    [429, 'retrying'],
    [500, 'retrying'],
    [503, 'retrying'],
  ] as const)('takes HTTP %d on the upgrade for %s', async (status, state) => {
    const { server, socket, troubles } = await ends()
    server.answerHandshake = () =>
      `HTTP/1.1 ${status} No\r\nretry-after: 120\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`
    socket.open()
    await until('the trouble', () => troubles.length === 1)
    expect(troubles[0]?.state).toBe(state)
    expect(troubles[0]?.pauseMs).toBe(status === 429 || status >= 500 ? 120_000 : undefined)
    expect(troubles[0]?.tip).not.toBe('')
  })

  it.each([
    [1008, 'needs-credentials'],
    [4401, 'needs-credentials'],
    [1012, 'retrying'],
  ] as const)('takes close %d for %s, told once', async (code, state) => {
    const { server, troubles } = await opened()
    server.drop(code)
    await until('the trouble', () => troubles.length === 1)
    await until('the end', () => server.openSockets() === 0)
    expect(troubles.map((trouble) => trouble.state)).toEqual([state])
  })

  it('says that nothing listens, that a credential cannot be sent or read, and never which', async () => {
    const nobody = await ends({ url: 'ws://127.0.0.1:1/feed' })
    nobody.socket.open()
    await until('the trouble', () => nobody.troubles.length === 1)
    expect(nobody.troubles[0]).toMatchObject({ state: 'retrying' })
    expect(nobody.troubles[0]?.reason).toContain('nothing listens')

    const broken = await ends({ credential: () => Promise.resolve('key-of-mine\nx: y') })
    broken.socket.open()
    await until('the trouble', () => broken.troubles.length === 1)
    expect(broken.troubles[0]?.state).toBe('needs-credentials')
    expect(JSON.stringify(broken.troubles)).not.toContain('key-of-mine')
    expect(broken.server.upgrades).toEqual([])

    const locked = await ends({ credential: () => Promise.reject(new Error('the keychain is locked')) })
    locked.socket.open()
    await until('the trouble', () => locked.troubles.length === 1)
    expect(locked.troubles[0]?.reason).toContain('the keychain is locked')
  })

  it('forgets an attempt that was dropped before it began, and tells nothing of a dropped socket', async () => {
    const door = Promise.withResolvers<string | null>()
    const { server, socket, troubles, count } = await ends({ credential: () => door.promise })
    socket.open()
    socket.drop()
    door.resolve('late')
    await door.promise
    await new Promise((resolve) => setImmediate(resolve))
    expect(server.upgrades).toEqual([])
    expect({ troubles, opened: count.opened }).toEqual({ troubles: [], opened: 0 })
  })
})
