import { afterEach, describe, expect, it } from 'vitest'
import { Failure } from '../../../shared/api/failure.ts'
import type { Presence } from '../../../shared/api/presence.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import { settableClock, type SettableClock } from '../../../test/settableClock.ts'
import type { TrackedIntent } from '../upstream.ts'
import { PolledConnection, type PolledOptions } from './polledConnection.ts'

const PACE_MS = 5_000
const STALE_AFTER_MS = 30_000

/** A server that does what the test says. */
interface Server {
  /** Fails every question; null: answers. */
  trouble: Failure | null
  /** Ids whose last word has been spoken. */
  over: Set<string>
  reads: { id: string; origin: Origin }[]
  openCount: number
}

interface Scene {
  clock: SettableClock
  server: Server
  connection: PolledConnection
  presences: Presence[]
  lostMs: number[]
  repaired: { readCount: number; failedCount: number }[]
  stop: AbortController
}

const stops: AbortController[] = []

afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort()
})

async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve()
}

/** Lets time pass in steps of a second, with all that waits for promises only done in between. */
async function passing(clock: SettableClock, forMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += 1_000) {
    clock.advance(1_000)
    await settled()
  }
}

function down(): Failure {
  return new Failure('upstream', 'http://x cannot be reached: connect ECONNREFUSED.', { isRetryable: true })
}

async function begin(more: Partial<PolledOptions> & { open?: PolledOptions['open'] } = {}): Promise<Scene> {
  const clock = settableClock(1_795_269_600_000)
  const server: Server = { trouble: null, over: new Set(), reads: [], openCount: 0 }
  const stop = new AbortController()
  stops.push(stop)
  const scene: Omit<Scene, 'connection'> = { clock, server, presences: [], lostMs: [], repaired: [], stop }
  const answer = (): Promise<void> =>
    server.trouble === null ? Promise.resolve() : Promise.reject(server.trouble)
  const tracked: TrackedIntent = {
    id: 'test:open',
    aliases: [{ kind: 'id', value: 'open' }],
    status: '',
    lastHeardAtMs: 0,
  }
  const connection = new PolledConnection({
    site: {
      connection: {
        id: connectionId('test'),
        system: 'flashnet',
        url: 'http://x',
        restUrl: null,
        settings: {},
      },
      clock,
      random: () => 0,
      credential: () => Promise.resolve(null),
      signal: stop.signal,
      emit: () => undefined,
      presence: (presence) => scene.presences.push(presence),
      lost: (atMs) => scene.lostMs.push(atMs),
      resumed: (untilMs) => {
        const fromMs = scene.lostMs.at(-1)
        const repaired = (outcome: { readCount: number; failedCount: number }): void => {
          scene.repaired.push(outcome)
        }
        return fromMs === undefined ? null : { fromMs, untilMs, repaired }
      },
      openIntents: (after) => Promise.resolve(after === null ? [tracked] : []),
      watched: () => [],
    },
    url: 'http://x',
    credentialTip: 'Set a key.',
    pingIntervalMs: 10_000,
    staleAfterMs: STALE_AFTER_MS,
    atOnce: 3,
    watch: ['a', 'b'],
    open: async () => {
      server.openCount += 1
      await answer()
      return null
    },
    ping: answer,
    read: async (id, origin) => {
      server.reads.push({ id, origin })
      await answer()
      return server.over.has(id) ? null : clock.nowMs() + PACE_MS
    },
    nameOf: ({ aliases }) => aliases[0]?.value ?? null,
    ...more,
  }).start()
  await settled()
  return { ...scene, connection }
}

function last({ presences }: Scene): Presence {
  const presence = presences.at(-1)
  if (presence === undefined) throw new Error('nothing was told')
  return presence
}

function readsOf({ server }: Scene, id: string): Origin[] {
  return server.reads.filter((read) => read.id === id).map(({ origin }) => origin)
}

describe('a polled connection', () => {
  it('is live when it could be opened, and reads what is watched at its pace', async () => {
    const scene = await begin()
    expect(last(scene)).toMatchObject({ state: 'live', reason: '' })
    await passing(scene.clock, 10_000)
    expect(readsOf(scene, 'a')).toEqual(['poll', 'poll', 'poll'])
    expect(readsOf(scene, 'open')).toEqual([])
    expect(last(scene).lastPongAtMs).not.toBeNull()
  })

  it('follows an id from now on, and stops', async () => {
    const scene = await begin({ watch: [] })
    scene.connection.watch('c')
    await settled()
    expect(scene.connection.followedCount()).toBe(1)
    scene.connection.unwatch('c')
    await passing(scene.clock, 20_000)
    expect(readsOf(scene, 'c')).toEqual(['poll'])
  })

  it('takes one failed reading for an accident, and the second for doubt, until an answer comes', async () => {
    const scene = await begin()
    scene.server.trouble = down()
    await passing(scene.clock, 5_000)
    expect(scene.presences.map(({ state }) => state)).not.toContain('retrying')
    await passing(scene.clock, 5_000)
    expect(last(scene).state).toBe('stale')
    expect(last(scene).reason).toContain('nothing listens')
    scene.server.trouble = null
    await passing(scene.clock, 10_000)
    expect(last(scene)).toMatchObject({ state: 'live', reason: '' })
    expect(scene.lostMs).toEqual([])
  })

  it('does not hammer a server that fails', async () => {
    const scene = await begin({ watch: Array.from({ length: 200 }, (_, n) => `${n}`) })
    scene.server.trouble = down()
    await passing(scene.clock, 5_000)
    const before = scene.server.reads.length
    await passing(scene.clock, 20_000)
    // Half a second apart at the least (the chance of these tests is 0), three at once.
    expect(scene.server.reads.length - before).toBeLessThanOrEqual(3 * 2 * 20)
  })

  it('is lost when nothing could be read for the stale time, and repairs everything open afterwards', async () => {
    const scene = await begin()
    const heardAtMs = scene.clock.nowMs()
    scene.server.trouble = down()
    await passing(scene.clock, STALE_AFTER_MS - 1_000)
    expect(scene.lostMs).toEqual([])
    await passing(scene.clock, 1_000)
    expect(scene.lostMs).toEqual([heardAtMs])
    expect(last(scene).state).toBe('retrying')
    const readCount = scene.server.reads.length
    await passing(scene.clock, 5_000)
    expect(scene.server.reads).toHaveLength(readCount)

    scene.server.trouble = null
    await passing(scene.clock, 2_000)
    expect(last(scene).state).toBe('live')
    const repairs = scene.server.reads.filter(({ origin }) => origin === 'repair').map(({ id }) => id)
    expect(repairs.sort()).toEqual(['a', 'b', 'open'])
    expect(scene.repaired).toEqual([{ readCount: 3, failedCount: 0 }])
    await passing(scene.clock, 3 * PACE_MS)
    expect(readsOf(scene, 'a').slice(-2)).toEqual(['poll', 'poll'])
    expect(readsOf(scene, 'open')).toEqual(['repair'])
  })

  it('control: without a bound on silence it would believe in a dead server for ever', async () => {
    const scene = await begin({ staleAfterMs: 10 * 60_000 })
    scene.server.trouble = down()
    await passing(scene.clock, 2 * STALE_AFTER_MS)
    expect(scene.lostMs).toEqual([])
  })

  it('waits for a credential as soon as a reading is refused for lack of one', async () => {
    const scene = await begin()
    scene.server.trouble = new Failure('upstream', 'Refused.', { facts: { httpStatus: 401 } })
    await passing(scene.clock, 5_000)
    expect(last(scene)).toMatchObject({ state: 'needs-credentials', tip: 'Set a key.' })
    const { openCount } = scene.server
    await passing(scene.clock, 60_000)
    expect(scene.server.openCount).toBe(openCount)
  })

  it('keeps to a pause', async () => {
    const scene = await begin()
    scene.connection.paused(scene.clock.nowMs() + 20_000)
    const readCount = scene.server.reads.length
    await passing(scene.clock, 19_000)
    expect(scene.server.reads).toHaveLength(readCount)
    expect(last(scene).pausedUntilMs).not.toBeNull()
    await passing(scene.clock, 2_000)
    expect(scene.server.reads.length).toBeGreaterThan(readCount)
  })

  it('shows a notice while it is live, and takes it back', async () => {
    const scene = await begin()
    scene.connection.noted({ reason: 'Look.', tip: 'Here.' })
    expect(last(scene)).toMatchObject({ state: 'live', reason: 'Look.', tip: 'Here.' })
    scene.connection.noted({ reason: '', tip: '' })
    expect(last(scene)).toMatchObject({ state: 'live', reason: '' })
  })

  it('reads one id on request, connected or not, and fails as the reading does', async () => {
    const scene = await begin()
    await scene.connection.reread('x')
    scene.server.trouble = down()
    await expect(scene.connection.reread('x')).rejects.toThrow('ECONNREFUSED')
    await passing(scene.clock, STALE_AFTER_MS)
    expect(last(scene).state).toBe('retrying')
    scene.server.trouble = null
    await scene.connection.reread('x')
    expect(readsOf(scene, 'x')).toHaveLength(3)
  })

  it('leaves nothing behind', async () => {
    const scene = await begin()
    scene.stop.abort()
    await scene.connection.closed
    expect(last(scene).state).toBe('stopped')
    expect(scene.clock.pending()).toBe(0)
    const readCount = scene.server.reads.length
    await passing(scene.clock, 60_000)
    expect(scene.server.reads).toHaveLength(readCount)
  })
})
