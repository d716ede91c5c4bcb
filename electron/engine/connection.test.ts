import { expect, test } from 'vitest'
import { z } from 'zod'
import { settableClock } from '../../test/settableClock.ts'
import type { Presence } from '../../shared/api/presence.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import type { Link, Site, Upstream } from '../upstreams/upstream.ts'
import { Connection, type Heritage } from './connection.ts'

const START_MS = 1_700_000_000_000

function live(lastReceivedAtMs: number): Presence {
  return {
    state: 'live',
    reason: '',
    tip: '',
    sinceMs: lastReceivedAtMs,
    lastReceivedAtMs,
    lastPongAtMs: null,
    roundTripMs: null,
    nextRetryAtMs: null,
    attempt: 0,
  }
}

/** A system whose link does what the test says. */
function standIn() {
  const sites: Site[] = []
  const asked: string[] = []
  const connect = (site: Site): Link => {
    sites.push(site)
    return {
      reconnectNow: () => asked.push('reconnect'),
      reread: () => Promise.resolve(true),
      watch: (id) => asked.push(`watch ${id}`),
      unwatch: (id) => asked.push(`unwatch ${id}`),
      closed: new Promise((resolve) => {
        site.signal.addEventListener('abort', () => {
          resolve()
        })
      }),
    }
  }
  const upstream: Upstream = {
    system: 'fusion',
    label: 'Stand-in',
    settings: z.record(z.string(), z.unknown()),
    credential: 'none',
    vocabulary: { words: [], stages: [], chains: {} },
    capabilities: [],
    normalise: () => [],
    load: () =>
      Promise.resolve({
        connect,
        test: () => {
          throw new Error('not tested here')
        },
      }),
  }
  return { upstream, sites, asked }
}

function connectionWith(heritage: Partial<Heritage> = {}) {
  const clock = settableClock(START_MS)
  const system = standIn()
  const events: RawEvent[] = []
  let watched: string[] = ['kept']
  const connection = new Connection(
    {
      profile: {
        id: 'fusion-test',
        system: 'fusion',
        url: 'http://127.0.0.1:1',
        credential: 'none',
        settings: { watch: ['fixed'] },
      },
      upstream: system.upstream,
      store: {
        openIntents: () => Promise.resolve([]),
        watched: () => Promise.resolve(watched),
        watch: ({ id, isWatched }) => {
          watched = isWatched ? [...watched, id] : watched.filter((other) => other !== id)
          return Promise.resolve(watched)
        },
      },
      clock,
      random: () => 0.5,
      credential: () => Promise.resolve(null),
      emit: (event) => {
        events.push(event)
      },
      onPresence: () => undefined,
      inBackground: () => undefined,
      logger: {
        error: () => undefined,
        warn: () => undefined,
        info: () => undefined,
        debug: () => undefined,
      },
    },
    { lastReceivedAtMs: null, openGapSinceMs: null, ...heritage },
  )
  const said = () => events.map(({ kind, payload }) => ({ kind, ...(JSON.parse(payload) as object) }))
  return { clock, connection, said, ...system }
}

function siteOf(sites: Site[], index = 0): Site {
  const site = sites[index]
  if (site === undefined) throw new Error('The connection opened no link.')
  return site
}

const closing = { reason: 'closing', tip: '', isGap: false }

test('the time between two runs is a gap that the first hearing closes', async () => {
  const { connection, said, sites } = connectionWith({ lastReceivedAtMs: 500 })
  await connection.open()
  expect(said()).toEqual([{ kind: 'gapOpened', fromMs: 500, reason: 'The console was not running.' }])
  expect(siteOf(sites).resumed(900, false)).toMatchObject({ fromMs: 500, untilMs: 900 })
  expect(said()[1]).toEqual({ kind: 'gapClosed', fromMs: 500, untilMs: 900, isRecovered: false })
})

test('a gap that is open in the journal is not opened again', async () => {
  const { connection, said, sites } = connectionWith({ lastReceivedAtMs: 500, openGapSinceMs: 300 })
  await connection.open()
  expect(siteOf(sites).resumed(900, false)).toMatchObject({ fromMs: 300 })
  expect(said().map(({ kind }) => kind)).toEqual(['gapClosed'])
})

test('a change of state is journaled once; other news of presence are not', async () => {
  const { connection, said, sites } = connectionWith()
  await connection.open()
  siteOf(sites).presence(live(1_000))
  siteOf(sites).presence(live(2_000))
  expect(said()).toEqual([{ kind: 'presenceChanged', state: 'live', reason: '', tip: '' }])
  expect(connection.presence().lastReceivedAtMs).toBe(2_000)
})

test('after its end a link changes nothing any more, but what it had received is kept', async () => {
  const { connection, said, sites } = connectionWith()
  await connection.open()
  const site = siteOf(sites)
  site.presence(live(1_000))
  await connection.close(closing)
  site.presence(live(3_000))
  site.lost(3_000, 'late')
  expect(site.resumed(4_000, false)).toBeNull()
  await site.emit({
    connection: connectionId('fusion-test'),
    system: 'fusion',
    kind: 'intent:new',
    origin: 'push',
    receivedAtMs: 900,
    payload: '{}',
    isSample: false,
  })
  expect(connection.presence().state).toBe('stopped')
  expect(said().map(({ kind }) => kind)).toEqual(['presenceChanged', 'presenceChanged', 'intent:new'])
})

test('closed because of trouble, hearing stops at the last thing heard and resumes on a new link', async () => {
  const { connection, said, sites } = connectionWith()
  await connection.open()
  siteOf(sites).presence(live(1_000))
  await connection.close({ reason: 'The disk is full.', tip: 'Make room.', isGap: true })
  await connection.open()
  expect(siteOf(sites, 1).resumed(5_000, false)).toMatchObject({ fromMs: 1_000, untilMs: 5_000 })
  expect(said().filter(({ kind }) => kind.startsWith('gap'))).toHaveLength(2)
})

test('ids followed by hand are those of the profile and of the watch list; the profile’s cannot be let go', async () => {
  const { connection, sites, asked } = connectionWith()
  await connection.open()
  expect(siteOf(sites).watched()).toEqual(['fixed', 'kept'])
  expect(await connection.watch('new', true)).toEqual(['fixed', 'kept', 'new'])
  expect(await connection.watch('kept', false)).toEqual(['fixed', 'new'])
  expect(await connection.watch('fixed', false)).toEqual(['fixed', 'new'])
  expect(asked).toEqual(['watch new', 'unwatch kept'])
})

test('a link that is called off while it loads is never made', async () => {
  const { connection, sites } = connectionWith()
  const opening = connection.open()
  await connection.close(closing)
  await opening
  expect(sites).toHaveLength(0)
})
