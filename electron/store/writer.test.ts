import { describe, expect, test } from 'vitest'
import { JournalWalk } from './journal/walk.ts'
import { dumpProjections, scratchDatabase, scratchStore } from './testing/scratch.ts'
import { tinyEvent, tinyRegister } from './testing/tinySystem.ts'
import { QUARANTINED_PER_DAY, Writer } from './writer.ts'

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
