import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { dumpProjections, scratchDatabase } from '../testing/scratch.ts'
import {
  consoleSays,
  operatorDoes,
  tinyEvent,
  tinyRegister,
  type TinyPayload,
} from '../testing/tinySystem.ts'
import { Writer } from '../writer.ts'

/** Dozens of databases one after the other, on a machine that does other things too. */
const LIMIT = { timeout: 120_000 }

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

/** What a person does about an intent, at an instant. */
function deedOn(ids: readonly string[]): fc.Arbitrary<(atMs: number) => RawEvent> {
  return fc.oneof(
    fc.constantFrom('first', 'second').map((text) => (atMs: number) => {
      return operatorDoes('noteAdded', { ids, text }, atMs)
    }),
    fc.record({ tag: fc.constantFrom('vip', 'VIP', '__proto__'), isSet: fc.boolean() }).map((said) => {
      return (atMs: number) => operatorDoes('tagSet', { ids, ...said }, atMs)
    }),
    fc.record({ untilMs: fc.constantFrom(null, 500), status: fc.constantFrom('', 'waiting') }).map((said) => {
      return (atMs: number) =>
        operatorDoes('alarmSilenced', { ids, ...said, reason: 'known', statusSinceMs: 10 }, atMs)
    }),
  )
}

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
      (atMs: number) => consoleSays('gapOpened', { fromMs: atMs, reason: 'cut' }, atMs),
      (atMs: number) =>
        consoleSays('gapClosed', { fromMs: atMs - 1, untilMs: atMs, isRecovered: false }, atMs),
    ),
    { weight: 3, arbitrary: fc.oneof(...['a', 'b', 'f'].map((id) => deedOn([id]))) },
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
  const heard = fc.record({
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
  const said = fc.oneof(
    {
      weight: 2,
      arbitrary: heard.map(({ payload, receivedAtMs }) =>
        tinyEvent(payload, receivedAtMs, { isSample: true }),
      ),
    },
    fc.tuple(deedOn(['a']), fc.integer({ min: 100, max: 120 })).map(([does, atMs]) => does(atMs)),
  )
  const told = fc
    .array(said, { minLength: 1, maxLength: 8 })
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    )
  const documents = (all: readonly RawEvent[]): unknown[] => {
    using scratch = scratchDatabase()
    const writer = new Writer(scratch.db, tinyRegister)
    for (const event of all) writer.append([event])
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
