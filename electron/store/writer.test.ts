import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connectionId } from '../../shared/intent/ids.ts'
import type { ConsoleEvents } from '../../shared/log/consoleEvent.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { JournalWalk } from './journal/walk.ts'
import { dumpProjections, scratchDatabase, scratchStore } from './testing/scratch.ts'
import { tinyEvent, tinyRegister, type TinyPayload } from './testing/tinySystem.ts'
import { QUARANTINED_PER_DAY, Writer } from './writer.ts'

/** Dozens of databases one after the other, on a machine that does other things too. */
const LIMIT = { timeout: 120_000 }

function said<Kind extends keyof ConsoleEvents>(
  kind: Kind,
  what: ConsoleEvents[Kind],
  atMs: number,
): RawEvent {
  return {
    connection: connectionId('tiny'),
    system: 'console',
    kind,
    origin: 'console',
    receivedAtMs: atMs,
    payload: JSON.stringify(what),
    isSample: true,
  }
}

describe('the journal', () => {
  test('keeps what is said word for word once and counts the rest', () => {
    using scratch = scratchStore()
    const { store } = scratch
    const event = tinyEvent({ ids: ['a1'], status: 'waiting', atMs: 10 }, 11)
    expect(store.append([event, { ...event, receivedAtMs: 12 }])).toMatchObject({
      storedCount: 1,
      repeatCount: 1,
    })
    expect(store.append([{ ...event, receivedAtMs: 13 }])).toMatchObject({
      storedCount: 0,
      repeatCount: 1,
      lastSeq: 1,
    })
    expect(store.get({ id: 'a1', nowMs: 20 }).intent.timeline).toMatchObject([
      { seq: 1, repeats: 2, flags: ['repeat'] },
    ])
    expect(store.connections(20)[0]).toMatchObject({ eventCount: 3, repeatCount: 2, lastReceivedAtMs: 13 })
  })

  test('keeps every sample, and the same text of another kind or connection', () => {
    using scratch = scratchStore()
    const event = tinyEvent({ ids: ['a1'], status: 'waiting', atMs: 10 }, 11)
    const others = [
      { ...event, kind: 'other' },
      { ...event, connection: connectionId('second') },
      { ...event, isSample: true },
      { ...event, isSample: true },
    ]
    expect(scratch.store.append([event, ...others])).toMatchObject({ storedCount: 5, repeatCount: 0 })
  })

  test('gives every field back as it came', () => {
    using scratch = scratchStore()
    const event = tinyEvent({ bad: 'x' }, 11, { origin: 'repair', damage: { path: '$.bad', reason: 'no' } })
    scratch.store.append([event])
    expect(scratch.store.journal({ after: 0, limit: 10 })).toEqual([{ ...event, seq: 1 }])
    expect(scratch.store.raw(1).event).toEqual(event)
    expect(() => scratch.store.raw(2)).toThrow('no event 2')
  })

  test('refuses UPDATE and DELETE', () => {
    using scratch = scratchDatabase()
    new Writer(scratch.db, tinyRegister).append([tinyEvent({ ids: ['a1'] }, 1)])
    expect(() => scratch.db.exec("UPDATE raw_events SET payload = '{}'")).toThrow('append-only')
    expect(() => scratch.db.exec('DELETE FROM raw_events')).toThrow('append-only')
  })

  test('shows which row was changed behind its back', () => {
    using scratch = scratchDatabase()
    const { db } = scratch
    new Writer(db, tinyRegister).append([1, 2, 3].map((n) => tinyEvent({ ids: [`a${n}`] }, n)))
    expect(new JournalWalk(db).next(1_000).problems).toEqual([])
    db.exec('DROP TRIGGER raw_events_never_change')
    db.exec('UPDATE raw_events SET received_at_ms = 9 WHERE seq = 2')
    expect(new JournalWalk(db).next(1_000).problems).toMatchObject([{ seq: 2 }])
  })
})

describe('a batch that fails', () => {
  test('leaves nothing behind, in the file or in memory, and the next one goes on where the last good one ended', () => {
    using scratch = scratchDatabase()
    const { db } = scratch
    const writer = new Writer(db, tinyRegister)
    writer.append([tinyEvent({ ids: ['a1'], status: 'waiting', atMs: 1 }, 1)])
    const before = dumpProjections(db)
    const pages = db.pragma('page_count', { simple: true }) as number
    db.pragma(`max_page_count = ${pages + 4}`)
    const flood = Array.from({ length: 200 }, (_, n) =>
      tinyEvent({ ids: [`b${n}`], note: 'x'.repeat(4_000) }, n),
    )
    expect(() => writer.append([tinyEvent({ ids: ['a1'], status: 'moving', atMs: 2 }, 2), ...flood])).toThrow(
      'full',
    )
    expect(dumpProjections(db)).toEqual(before)

    db.pragma('max_page_count = 1000000')
    expect(writer.append([tinyEvent({ ids: ['a1'], status: 'done', atMs: 3 }, 3)]).lastSeq).toBe(2)
    expect(db.prepare('SELECT name, count FROM counters WHERE count > 0 ORDER BY name').all()).toEqual([
      { name: 'phase:completed', count: 1 },
      { name: 'total', count: 1 },
    ])
    expect(new JournalWalk(db).next(1_000).problems).toEqual([])
  })

  test('is not made to fail by one event that its adapter cannot stomach', () => {
    using scratch = scratchStore()
    const { store } = scratch
    const bad = [
      tinyEvent({}, 1, { payload: '{' }),
      tinyEvent({ ids: ['a2'], atMs: 1.5 }, 2),
      tinyEvent({ ids: [] }, 3),
    ]
    const outcome = store.append([...bad, tinyEvent({ ids: ['a1'], status: 'waiting', atMs: 4 }, 4)])
    expect(outcome).toMatchObject({ storedCount: 4, quarantinedCount: 3 })
    expect(store.counts(5).total).toBe(1)
    expect(store.quarantine({ connection: 'tiny', beforeSeq: null, limit: 1 })).toMatchObject([{ seq: 3 }])
    expect(store.quarantine({ connection: 'tiny', beforeSeq: 3, limit: 9 }).map(({ seq }) => seq)).toEqual([
      2, 1,
    ])
  })
})

test('unreadable frames beyond a day’s room are counted, in the journal too; good ones among them are kept', () => {
  using scratch = scratchStore()
  const { store } = scratch
  const frames = Array.from({ length: QUARANTINED_PER_DAY + 50 }, (_, n) => tinyEvent({ bad: `no ${n}` }, n))
  const outcome = store.append([...frames, tinyEvent({ ids: ['a1'], bad: 'half' }, 5_000)])
  expect(outcome).toMatchObject({
    storedCount: QUARANTINED_PER_DAY + 1,
    quarantinedCount: QUARANTINED_PER_DAY + 51,
  })
  expect(store.connections(6_000)[0]?.quarantinedCount).toBe(QUARANTINED_PER_DAY + 51)
  const last = store.journal({ after: outcome.lastSeq - 1, limit: 1 })[0]
  expect(last).toMatchObject({ system: 'console', kind: 'eventsDropped' })
  expect(JSON.parse(last?.payload ?? '')).toMatchObject({ kind: 'quarantined', count: 50 })
  const nextDay = store.append([tinyEvent({ bad: 'tomorrow' }, 86_400_000)])
  expect(nextDay.storedCount).toBe(1)
})

describe('identity', () => {
  test('two names that turn out to mean one intent become one, under the older id; every name finds it', () => {
    using scratch = scratchStore()
    const { store } = scratch
    store.append([tinyEvent({ ids: ['aa11'], status: 'waiting', atMs: 1 }, 1)])
    store.append([tinyEvent({ ids: ['bb22'], status: 'moving', atMs: 2 }, 2)])
    expect(store.counts(3).total).toBe(2)
    store.append([tinyEvent({ ids: ['bb22', 'aa11'], status: 'done', atMs: 3 }, 3)])
    expect(store.counts(4)).toMatchObject({ total: 1, open: 0, byPhase: { completed: 1 } })
    for (const id of ['aa11', 'BB22', 'tiny:aa11', 'tiny:bb22']) {
      const { intent } = store.get({ id, nowMs: 4 })
      expect(intent.id).toBe('tiny:aa11')
      expect(intent.timeline.map(({ status }) => status)).toEqual(['waiting', 'moving', 'done'])
      expect(intent.aliases).toContainEqual({ kind: 'consoleId', value: 'tiny:bb22' })
    }
  })

  test('the newest word of either counts, though what joined them is older', () => {
    using scratch = scratchStore()
    const { store } = scratch
    store.append([tinyEvent({ ids: ['aa11'], status: 'waiting', atMs: 10 }, 10)])
    store.append([tinyEvent({ ids: ['bb22'], status: 'done', atMs: 30 }, 30)])
    store.append([tinyEvent({ ids: ['bb22', 'aa11'], atMs: 20 }, 40)])
    const { intent } = store.get({ id: 'aa11', nowMs: 50 })
    expect(intent.status).toBe('done')
    expect(intent.timeline.map(({ atMs }) => atMs)).toEqual([10, 20, 30])
  })

  test('the same name on two connections is two intents', () => {
    using scratch = scratchStore()
    const { store } = scratch
    const event = tinyEvent({ ids: ['aa11'], status: 'waiting', atMs: 1 }, 1)
    store.append([event, { ...event, connection: connectionId('second') }])
    expect(store.counts(2).byConnection).toEqual({ tiny: 1, second: 1 })
    expect(() => store.get({ id: 'aa11', nowMs: 2 })).toThrow(/fits several.*(tiny|second):aa11/)
    expect(store.get({ id: 'second:aa11', nowMs: 2 }).intent.connection).toBe('second')
  })
})

describe('the watch list', () => {
  test('marks intents that are there, and those still to come, until it is told otherwise', () => {
    using scratch = scratchStore()
    const { store } = scratch
    store.append([tinyEvent({ ids: ['0xAA11'] }, 1)])
    const { version } = store.head()
    expect(store.watch({ connection: 'tiny', id: 'aa11', isWatched: true })).toEqual(['aa11'])
    store.watch({ connection: 'tiny', id: 'tiny:bb22', isWatched: true })
    store.append([tinyEvent({ ids: ['0xbb22'] }, 2)])
    expect(store.head().version).toBeGreaterThan(version)
    expect(store.counts(3).watched).toBe(2)
    expect(store.get({ id: 'bb22', nowMs: 3 }).intent.row.isWatched).toBe(true)
    expect(store.watch({ connection: 'tiny', id: '0xAA11', isWatched: false })).toEqual(['bb22'])
    expect(store.counts(3).watched).toBe(1)
    store.rebuild()
    expect(store.counts(3).watched).toBe(1)
    expect(store.watched('tiny')).toEqual(['bb22'])
  })
})

const payload: fc.Arbitrary<TinyPayload> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 2 }),
        status: fc.constantFrom('waiting', 'moving', 'done', 'broken', 'odd'),
        atMs: fc.integer({ min: 1, max: 50 }),
        emittedAtMs: fc.integer({ min: 1, max: 50 }),
        maker: fc.constantFrom('m1', 'm2'),
        deadlineMs: fc.integer({ min: 60, max: 90 }),
      },
      { requiredKeys: ['ids'] },
    ),
  },
  fc.record({ values: fc.record({ total: fc.nat(9) }) }),
  fc.record({ drift: fc.constantFrom('x', 'y') }),
  fc.record({ bad: fc.constantFrom('x', 'y') }),
)

const history = fc.array(
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({ payload, isSample: fc.boolean() }).map(
        ({ payload: content, isSample }) =>
          (atMs: number): RawEvent =>
            tinyEvent(content, atMs, { isSample }),
      ),
    },
    fc.constantFrom(
      (atMs: number) => said('gapOpened', { fromMs: atMs, reason: 'cut' }, atMs),
      (atMs: number) => said('gapClosed', { fromMs: atMs - 1, untilMs: atMs, isRecovered: false }, atMs),
    ),
  ),
  { minLength: 1, maxLength: 40 },
)

test(
  'a rebuild gives the rows that were there, however the events were batched and whatever their order',
  LIMIT,
  () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 7 }), (makers, size) => {
        using scratch = scratchDatabase()
        const { db } = scratch
        const writer = new Writer(db, tinyRegister)
        const events = makers.map((make, index) => make(1_000 + index))
        for (let from = 0; from < events.length; from += size) writer.append(events.slice(from, from + size))
        const live = dumpProjections(db)
        const { version } = writer.append([])
        expect(writer.rebuild().eventCount).toBe(db.prepare('SELECT count(*) FROM raw_events').pluck().get())
        expect(dumpProjections(db)).toEqual(live)
        expect(
          db.prepare('SELECT coalesce(min(version), ?) FROM intents').pluck().get(version),
        ).toBeGreaterThanOrEqual(version)
      }),
      { numRuns: 60 },
    )
  },
)

test('any order and any repetition of what is said about an intent leaves the same intent', LIMIT, () => {
  const said = fc.record({
    receivedAtMs: fc.integer({ min: 100, max: 120 }),
    payload: fc.record(
      {
        ids: fc.constant(['a']),
        status: fc.constantFrom('waiting', 'moving', 'done', 'broken', 'odd'),
        atMs: fc.constantFrom(10, 20, 30),
        emittedAtMs: fc.integer({ min: 1, max: 5 }),
        maker: fc.constantFrom('m1', 'm2'),
      },
      { requiredKeys: ['ids'] },
    ),
  })
  const told = fc
    .array(said, { minLength: 1, maxLength: 8 })
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    )
  const documents = (all: readonly { payload: TinyPayload; receivedAtMs: number }[]): unknown[] => {
    using scratch = scratchDatabase()
    const writer = new Writer(scratch.db, tinyRegister)
    for (const { payload, receivedAtMs } of all)
      writer.append([tinyEvent(payload, receivedAtMs, { isSample: true })])
    return scratch.db.prepare('SELECT body FROM documents').pluck().all()
  }
  fc.assert(
    fc.property(told, ([once, twice]) => {
      expect(documents(twice)).toEqual(documents(once))
    }),
    { numRuns: 50 },
  )
})

test('a rebuild notices a normaliser that concludes something else', () => {
  using scratch = scratchDatabase()
  new Writer(scratch.db, tinyRegister).append([tinyEvent({ ids: ['a1'], status: 'waiting', atMs: 1 }, 1)])
  const before = dumpProjections(scratch.db)
  const other = new Writer(scratch.db, {
    ...tinyRegister,
    normalise: (event) =>
      tinyRegister.normalise({ ...event, payload: event.payload.replace('waiting', 'done') }),
  })
  other.rebuild()
  expect(dumpProjections(scratch.db)).not.toEqual(before)
})
