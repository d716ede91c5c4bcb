import { expect, test } from 'vitest'
import { scratchDatabase } from '../testing/scratch.ts'
import { tinyEvent, tinyRegister } from '../testing/tinySystem.ts'
import { Writer } from '../writer.ts'
import { Patrol } from './patrol.ts'

const INTENTS = 1_200

/** A store of more than one slice, and how many slices a patrol of it takes. */
function patrolled(sql: string): () => number {
  return () => {
    using scratch = scratchDatabase()
    const { db } = scratch
    new Writer(db, tinyRegister).append(
      Array.from({ length: INTENTS }, (_, n) =>
        tinyEvent({ ids: [`abc${n}`], status: 'waiting', atMs: n }, n),
      ),
    )
    db.exec(sql)
    const patrol = new Patrol(db)
    let slices = 1
    while (patrol.advance()) slices += 1
    expect(patrol.advance()).toBe(false)
    return slices
  }
}

test('goes once through all events and intents, in slices, and ends', () => {
  expect(patrolled('SELECT 1')()).toBe(7)
})

test.each([
  [
    'an event',
    'DROP TRIGGER raw_events_never_change; UPDATE raw_events SET received_at_ms = 1 WHERE seq = 1100',
  ],
  [
    'a missing event',
    "INSERT INTO removed_runs VALUES (9, 9, 'lost', x'00', 0); DELETE FROM raw_events WHERE seq = 9",
  ],
  ['the ledger', `INSERT INTO meta VALUES ('lastStep', 1)`],
  ['an intent', `UPDATE documents SET body = 'x' || body WHERE intent = 1150`],
])('meets damage to %s', (_, sql) => {
  expect(patrolled(sql)).toThrow(/written|follow|missing/)
})
