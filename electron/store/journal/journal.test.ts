import { describe, expect, test } from 'vitest'
import { connectionId } from '../../../shared/intent/ids.ts'
import { scratchDatabase, scratchStore } from '../testing/scratch.ts'
import { tinyEvent, tinyRegister } from '../testing/tinySystem.ts'
import { Writer } from '../writer.ts'
import { JournalWalk } from './walk.ts'

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
