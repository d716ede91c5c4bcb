import { expect, test } from 'vitest'
import { connectionId } from '../../../shared/intent/ids.ts'
import { fourIntents } from '../testing/fourIntents.ts'
import { scratchStore } from '../testing/scratch.ts'
import { tinyEvent } from '../testing/tinySystem.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

test('a series has the system’s counters beside our own at that instant, and a break where nothing was heard', () => {
  using scratch = scratchStore()
  const { store } = scratch
  const sample = (total: number, atMs: number) => tinyEvent({ values: { total } }, atMs, { isSample: true })
  const gap = { fromMs: 3_000, untilMs: 5_000, isRecovered: false }
  store.append([
    sample(1, 1_000),
    tinyEvent({ ids: ['a1'], status: 'waiting', atMs: 1_500 }, 1_500),
    sample(2, 2_000),
    tinyEvent({ ids: ['a1'], status: 'moving', atMs: 1_400 }, 2_500),
    tinyEvent({ ids: ['a2'], status: 'done', atMs: 2_600 }, 2_600),
    sample(3, 3_000),
    tinyEvent({}, 5_000, {
      system: 'console',
      kind: 'gapClosed',
      isSample: true,
      payload: JSON.stringify(gap),
    }),
    sample(4, HOUR + 2_100),
  ])
  const series = store.mempool({ connection: 'tiny', fromMs: 0, untilMs: 10_000, points: 100 })
  expect(series.atMs).toEqual([1_000, 2_000, 3_000, 4_000])
  expect(series.system).toEqual({ total: [1, 2, 3, null] })
  expect(series.ours).toEqual({ open: [0, 1, 1, null], completed: [0, 0, 1, null] })
  expect(series.latest).toEqual({ atMs: HOUR + 2_100, values: { total: 4 } })
  expect(series.hourBefore).toEqual({ atMs: 2_000, values: { total: 2 } })
  expect(series.oursNow).toEqual({ open: 1, completed: 1 })
})

test('our own counts are right in the middle of a batch in which two intents became one', () => {
  using scratch = scratchStore()
  const { store } = scratch
  store.append([
    tinyEvent({ ids: ['a1'], status: 'waiting', atMs: 10 }, 10),
    tinyEvent({ ids: ['b2'], status: 'done', atMs: 30 }, 30),
    tinyEvent({ ids: ['a1', 'b2'], atMs: 20 }, 40),
    tinyEvent({ values: { total: 1 } }, 50, { isSample: true }),
  ])
  const { ours } = store.mempool({ connection: 'tiny', fromMs: 0, untilMs: 100, points: 10 })
  expect(ours).toEqual({ completed: [1] })
})

test('a long series is thinned to the points that were asked for, the newest of each stretch', () => {
  using scratch = scratchStore()
  const samples = Array.from({ length: 500 }, (_, n) =>
    tinyEvent({ values: { n } }, n * 10, { isSample: true }),
  )
  scratch.store.append(samples)
  const { atMs, system } = scratch.store.mempool({
    connection: 'tiny',
    fromMs: 0,
    untilMs: 4_999,
    points: 50,
  })
  expect(atMs).toHaveLength(50)
  expect(system['n']?.slice(0, 2)).toEqual([9, 19])
  expect(scratch.store.mempool({ connection: 'nobody', fromMs: 0, untilMs: 9, points: 10 }).atMs).toEqual([])
})

test('a connection tells what it brought: traffic by the minute, drift, what could not be read', () => {
  using scratch = scratchStore()
  const { store } = scratch
  const nowMs = 100 * MINUTE
  store.append([
    tinyEvent({ drift: 'colour' }, nowMs - 2 * MINUTE),
    tinyEvent({ drift: 'colour', line: 'hello' }, nowMs - 1),
    tinyEvent({ bad: 'no' }, nowMs),
    tinyEvent({ ids: ['a1'], status: 'waiting' }, nowMs),
    tinyEvent({}, nowMs, { system: 'console', kind: 'presenceChanged', isSample: true, payload: '{}' }),
  ])
  const [record] = store.connections(nowMs)
  expect(record).toMatchObject({ connection: 'tiny', eventCount: 4, quarantinedCount: 1, openIntentCount: 1 })
  expect(record?.eventsPerMinute).toHaveLength(60)
  expect(record?.eventsPerMinute.slice(-3)).toEqual([1, 1, 2])
  expect(record?.drift).toEqual([
    {
      kind: 'unknown-field',
      where: 'said',
      what: 'colour',
      count: 2,
      firstAtMs: nowMs - 2 * MINUTE,
      lastAtMs: nowMs - 1,
    },
  ])
})

test('a peer that invents names without end fills no table', () => {
  using scratch = scratchStore()
  const events = Array.from({ length: 1_200 }, (_, n) => tinyEvent({ drift: `field${n}` }, n))
  scratch.store.append(events)
  const drift = scratch.store.connections(2_000)[0]?.drift ?? []
  expect(drift).toHaveLength(1_001)
  expect(drift.find(({ what }) => what === '(others)')?.count).toBe(200)
})

test('the log of a connection has its last twenty lines, newest first, and no other connection’s', () => {
  using scratch = scratchStore()
  const { store } = scratch
  const said = (state: string, reason: string, atMs: number) =>
    tinyEvent({}, atMs, {
      system: 'console',
      kind: 'presenceChanged',
      payload: JSON.stringify({ state, reason, tip: '' }),
    })
  store.append([
    ...Array.from({ length: 25 }, (_, n) => tinyEvent({ line: `line ${n}` }, n)),
    said('retrying', 'The server hung up.', 100),
    said('live', '', 200),
    tinyEvent({ line: 'elsewhere' }, 300, { connection: connectionId('second') }),
  ])
  const [other, tiny] = store.connections(1_000)
  expect(other?.log.map(({ text }) => text)).toEqual(['elsewhere'])
  expect(tiny?.log).toHaveLength(20)
  expect(tiny?.log.slice(0, 3)).toMatchObject([
    { atMs: 200, kind: 'presenceChanged', text: 'live' },
    { atMs: 100, kind: 'presenceChanged', text: 'retrying: The server hung up.' },
    { atMs: 24, kind: 'note', text: 'line 24' },
  ])
})

test('intents that are not over come in pages in a fixed order', () => {
  using scratch = fourIntents()
  const { store } = scratch
  const first = store.openIntents({ connection: 'tiny', after: null, limit: 1 })
  expect(first).toMatchObject([{ id: 'tiny:0xaaaa0001', status: 'waiting', lastHeardAtMs: 100_001 }])
  const rest = store.openIntents({ connection: 'tiny', after: first[0]?.id ?? null, limit: 9 })
  expect(rest.map(({ id }) => id)).toEqual(['tiny:0xaaaa0002'])
  expect(store.openIntents({ connection: 'nobody', after: null, limit: 9 })).toEqual([])
})
