import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../shared/api/settings.ts'
import { connectionId, intentIdOf } from '../../../shared/intent/ids.ts'
import { ActionReader } from '../actions/actionReader.ts'
import { JournalReader } from '../journal/reader.ts'
import { JournalWalk } from '../journal/walk.ts'
import { scratchDatabase } from '../testing/scratch.ts'
import { refundOf, stepOfAction } from '../testing/steps.ts'
import { operatorDoes, tinyEvent, tinyRegister } from '../testing/tinySystem.ts'
import { verifyStore } from '../verify/verifyStore.ts'
import { Writer } from '../writer.ts'
import { Retention } from './retention.ts'

const DAY_MS = 86_400_000

/** Now, when everything written at small times is a hundred days old. */
const NOW_MS = 100 * DAY_MS

type Chosen = Pick<Settings, 'keepClosedDays' | 'keepMegabytes'>

/** A store with ways to keep it and to look at it. */
function kept() {
  const { db, [Symbol.dispose]: dispose } = scratchDatabase()
  const writer = new Writer(db, tinyRegister)
  return {
    db,
    writer,
    /** Runs a retention to its end. */
    retain: (chosen: Partial<Chosen>, nowMs = NOW_MS): void => {
      const settings = { keepClosedDays: null, keepMegabytes: null, ...chosen }
      const retention = new Retention({ db, register: tinyRegister, writer, settings: () => settings })
      while (retention.advance(nowMs));
    },
    intents: () => db.prepare('SELECT console_id FROM intents ORDER BY 1').pluck().all(),
    /** What was heard and is still there. */
    heard: () => new JournalReader(db).after(0, 10_000).filter(({ system }) => system !== 'console'),
    problems: () => verifyStore(db, tinyRegister).problems,
    [Symbol.dispose]: dispose,
  }
}

function life(id: string, statuses: readonly string[], atMs: number) {
  return statuses.map((status, step) => tinyEvent({ ids: [id], status, atMs: atMs + step }, atMs + step))
}

describe('retention', () => {
  test('is off unless somebody asked for it', () => {
    using store = kept()
    store.writer.append(life('abc', ['waiting', 'done'], 1_000))
    store.retain({})
    expect([store.intents(), store.heard().length]).toEqual([['tiny:abc'], 2])
  })

  test('takes what people put beside an intent along with it', () => {
    using store = kept()
    store.writer.append([
      ...life('over', ['waiting', 'done'], 1_000),
      operatorDoes('noteAdded', { ids: ['over'], text: 'settled by phone' }, 2_000),
      ...life('open', ['waiting'], 1_000),
      operatorDoes('noteAdded', { ids: ['open'], text: 'still to be called' }, 2_000),
    ])
    store.retain({ keepClosedDays: 30 })
    expect(store.intents()).toEqual(['tiny:open'])
    const told = new JournalReader(store.db).after(0, 100).filter(({ origin }) => origin === 'operator')
    expect(told.map(({ payload }) => payload)).toEqual([expect.stringContaining('still to be called')])
    expect(store.problems()).toEqual([])
  })

  test('takes no step of an action, and no intent about which an action is open', () => {
    using store = kept()
    const { db, writer } = store
    for (const id of ['settled', 'unsettled']) {
      writer.append(life(id, ['waiting', 'done'], 1_000))
      const intent = intentIdOf(connectionId('tiny'), { kind: 'tinyId', value: id })
      writer.recordStep(stepOfAction(id, 'sending', { head: refundOf(id, { intent }) }))
    }
    writer.recordStep(stepOfAction('settled', 'accepted'))
    const steps = () => new ActionReader(db).steps({ after: 0, limit: 9 })
    const before = steps()
    expect(before).toHaveLength(3)
    store.retain({ keepClosedDays: 30 })
    expect([store.intents(), steps(), store.problems()]).toEqual([['tiny:unsettled'], before, []])
    writer.recordStep(stepOfAction('unsettled', 'refused'))
    store.retain({ keepClosedDays: 30 }, NOW_MS + 40 * DAY_MS)
    expect([store.intents(), steps().length, store.problems()]).toEqual([[], 4, []])
  })

  test('removes what is over and old with all its events, and nothing that is open, watched, young or in doubt', () => {
    using store = kept()
    const { writer } = store
    const youngMs = NOW_MS - DAY_MS
    writer.watch({ connection: 'tiny', id: 'watched', isWatched: true })
    writer.append([
      ...life('over', ['waiting', 'moving', 'done'], 1_000),
      ...life('open', ['waiting', 'moving'], 1_000),
      ...life('watched', ['waiting', 'done'], 1_000),
      ...life('doubted', ['done'], 1_000),
      ...life('doubted', ['broken'], 1_001),
      ...life('ended late', ['waiting'], 1_000),
      tinyEvent({ values: { total: 4 } }, 1_500, { isSample: true }),
      tinyEvent({ bad: 'old' }, 1_600),
      tinyEvent({ drift: 'seen' }, 1_700),
      ...life('ended late', ['done'], youngMs),
      tinyEvent({ values: { total: 5 } }, youngMs + 1, { isSample: true }),
    ])
    expect(store.problems()).toEqual([])
    store.retain({ keepClosedDays: 30 })
    expect(store.intents()).toEqual(['tiny:doubted', 'tiny:ended late', 'tiny:open', 'tiny:watched'])
    expect(store.heard().filter(({ payload }) => payload.includes('"over"'))).toEqual([])
    expect(
      store.heard().filter(({ payload }) => payload.includes('old') || payload.includes('"total":4')),
    ).toEqual([])
    expect(store.heard()).toHaveLength(2 + 2 + 2 + 2 + 2)
    expect(store.problems()).toEqual([])
  })

  test('keeps the chain whole over what was removed, and tells in the journal how much that was', () => {
    using store = kept()
    const { db, writer } = store
    writer.append([
      ...life('one', ['done'], 1_000),
      ...life('open', ['waiting'], 1_001),
      ...life('two', ['done'], 1_002),
    ])
    store.retain({ keepClosedDays: 30 })
    expect(new JournalWalk(db).next(100).problems).toEqual([])
    expect(
      new JournalReader(db).after(0, 10).map(({ seq, kind, payload }) => [seq, kind, payload.slice(0, 40)]),
    ).toEqual([
      [2, 'said', expect.stringContaining('open')],
      [4, 'eventsRemoved', '{"eventCount":2,"intentCount":2}'],
    ])
    expect(writer.append(life('three', ['waiting'], NOW_MS)).lastSeq).toBe(5)
    expect(verifyStore(db, tinyRegister)).toMatchObject({
      eventCount: 3,
      lastSeq: 5,
      retainedCount: 2,
      problems: [],
    })
  })

  test('does not disturb somebody who is just following the chain', () => {
    using store = kept()
    const { db, writer } = store
    writer.append([...life('one', ['waiting', 'moving', 'done'], 1_000), ...life('open', ['waiting'], 1_010)])
    const walk = new JournalWalk(db)
    expect(walk.next(2)).toMatchObject({ eventCount: 2, problems: [] })
    store.retain({ keepClosedDays: 30 })
    expect(walk.next(100)).toMatchObject({ eventCount: 2, problems: [], isEnd: true })
  })

  test('never gives a number again, even when the last event is removed', () => {
    using store = kept()
    store.writer.append(life('one', ['waiting', 'done'], 1_000))
    store.retain({ keepClosedDays: 30 })
    const again = new Writer(store.db, tinyRegister)
    expect(again.append(life('two', ['waiting'], NOW_MS)).lastSeq).toBe(4)
    expect(store.problems()).toEqual([])
  })

  test('intents that share an event go together or not at all', () => {
    using store = kept()
    const both = tinyRegister.normalise(tinyEvent({ ids: ['x'] }, 1))
    expect(both).toHaveLength(1)
    const { writer } = store
    writer.append([
      ...life('left', ['done'], 1_000),
      tinyEvent({ ids: ['left', 'right'], status: 'done', atMs: 1_001 }, 1_001),
      ...life('apart', ['done'], 1_002),
    ])
    store.retain({ keepClosedDays: 30 })
    expect(store.intents()).toEqual([])
    expect(store.problems()).toEqual([])
  })

  test('counts beside old readings stay what they were: a rebuild after a removal gives the same', () => {
    using store = kept()
    const { db, writer } = store
    writer.append([...life('one', ['done'], 1_000), ...life('two', ['broken'], 1_001)])
    const sample = (atMs: number) => tinyEvent({ values: { total: 2 } }, atMs, { isSample: true })
    writer.append([sample(NOW_MS - 10)])
    store.retain({ keepClosedDays: 30 })
    writer.append([sample(NOW_MS)])
    const ours = () => db.prepare<[], string>('SELECT ours FROM samples ORDER BY seq').pluck().all()
    expect(ours().map((text) => JSON.parse(text) as unknown)).toEqual(
      Array(2).fill({ completed: 1, failed: 1 }),
    )
    const before = ours()
    writer.rebuild()
    expect(ours()).toEqual(before)
  })

  test('by size takes the oldest tenth of the journal at a time until the store is small enough', () => {
    using store = kept()
    const note = 'x'.repeat(8_000)
    for (let round = 0; round < 30; round += 1) {
      store.writer.append(
        Array.from({ length: 100 }, (_, n) =>
          tinyEvent({ ids: [`abc${round * 100 + n}`], status: 'done', atMs: 1_000 + n, note }, 1_000 + round),
        ),
      )
    }
    const before = store.intents().length
    store.retain({ keepMegabytes: 16 })
    const after = store.intents().length
    expect(after).toBeLessThan(before)
    expect(after).toBeGreaterThanOrEqual(before * 0.89)
    store.retain({ keepMegabytes: 1_000 })
    expect(store.intents()).toHaveLength(after)
    expect(store.problems()).toEqual([])
  })

  test('a clock that was wrong for a while makes nothing old that came after', () => {
    using store = kept()
    const { writer } = store
    writer.append(life('old', ['done'], 1_000))
    writer.append(life('young', ['done'], NOW_MS - 10))
    writer.append([
      { ...tinyEvent({ ids: ['in 1970'], status: 'done', atMs: 5 }, 5), connection: connectionId('other') },
    ])
    store.retain({ keepClosedDays: 30 })
    expect(store.intents()).toEqual(['other:in 1970', 'tiny:young'])
  })
})

describe('what was removed otherwise', () => {
  test('cannot be deleted without being written down, and shows when it is written down falsely', () => {
    using store = kept()
    const { db, writer } = store
    writer.append([
      ...life('one', ['done'], 1_000),
      ...life('two', ['waiting'], 1_001),
      ...life('three', ['waiting'], 1_002),
    ])
    expect(() => db.exec('DELETE FROM raw_events WHERE seq = 2')).toThrow('append-only')
    db.exec(`INSERT INTO removed_runs SELECT 2, 2, 'retained', chain, 0 FROM raw_events WHERE seq = 2`)
    db.exec('DELETE FROM raw_events WHERE seq = 2')
    expect(store.problems()).toMatchObject([{ where: 'table removed_runs' }])
  })
})
