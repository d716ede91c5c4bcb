import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { buildAround } from '../../electron/cli/build.ts'
import { runCommandLine } from '../../electron/cli/program.ts'
import { concludeActions } from '../../electron/store/actions/concludeActions.ts'
import { rowOf, type StepRow } from '../../electron/store/actions/stepRows.ts'
import { checkedText } from '../../electron/store/checkedText.ts'
import { databaseFile } from '../../electron/store/files.ts'
import { openLocalStore } from '../../electron/store/localStore.ts'
import type { Verification } from '../../electron/store/store.ts'
import { scratchFolder } from '../../electron/store/testing/scratch.ts'
import { refundOf, sendingOf, stepOfAction } from '../../electron/store/testing/steps.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import type { NewActionStep } from '../../shared/api/action.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { honest } from '../abuse/shuffles.ts'
import { offered } from './offers.ts'

/** A start of a database thread each, on a machine that does other things too. */
const LIMIT = { timeout: 60_000 }

const build = buildAround(new URL('../../electron/cli.ts', import.meta.url).pathname)

/** What `verify` says first of a ledger of six steps after somebody has changed it while nobody had it open; null when nothing. */
async function complaint(tamper: (db: Database.Database) => void, isAnchored = true): Promise<string | null> {
  using folder = scratchFolder()
  const store = openLocalStore({ ...folder, mode: 'write' }, honest)
  if (isAnchored) store.append([heard(1), heard(2)])
  const subject = (n: number): string => (isAnchored ? idOf(n) : '')
  store.recordStep(sendingOf('first', subject(1)))
  store.recordStep(stepOfAction('first', 'accepted'))
  store.recordStep(stepOfAction('', 'unlocked', { why: 'a refund' }))
  store.recordStep(stepOfAction('second', 'sending', { head: refundOf(subject(2)) }))
  store.recordStep(stepOfAction('second', 'unknown'))
  store.recordStep(stepOfAction('second', 'read'))
  store.close()
  const db = new Database(databaseFile(folder.dataDir))
  db.exec('DROP TRIGGER action_steps_never_change; DROP TRIGGER action_steps_never_go')
  tamper(db)
  db.close()
  const [found] = await verify(folder.dataDir)
  return found?.problems[0]?.where ?? null
}

/** An intent of the Fusion backend, as it was first heard of. */
function heard(n: number): RawEvent {
  return {
    connection: connectionId('tiny'),
    system: 'fusion',
    kind: 'intent:new',
    origin: 'push',
    receivedAtMs: 1_760_000_100_000 + n,
    payload: JSON.stringify(offered({ n })),
    isSample: false,
  }
}

function idOf(n: number): string {
  return `0x${n.toString(16).padStart(64, '0')}`
}

async function verify(dataDir: string): Promise<Verification[]> {
  const printed: string[] = []
  await runCommandLine(['verify', dataDir, '--json'], {
    build,
    clock: systemClock,
    env: {},
    print: (line) => printed.push(line),
    say: () => undefined,
  })
  return printed.map((line) => JSON.parse(line) as Verification)
}

function sql(text: string): (db: Database.Database) => void {
  return (db) => db.exec(text)
}

/** Changes steps and writes the whole ledger anew, with checksums and links that are right, and what its actions come to. */
function rewritten(change: (steps: NewActionStep[]) => NewActionStep[]): (db: Database.Database) => void {
  return (db) => {
    const steps = db
      .prepare<[], string>('SELECT body FROM action_steps ORDER BY seq')
      .pluck()
      .all()
      .map((body) => JSON.parse(checkedText(body)) as NewActionStep)
    db.exec('DELETE FROM action_steps')
    const insert = db.prepare<StepRow>(
      'INSERT INTO action_steps VALUES (@seq, @action, @kind, @atMs, @body, @chain)',
    )
    let link: Buffer = Buffer.alloc(32)
    let last = 0
    for (const step of change(steps)) {
      last += 1
      const row = rowOf(step, last, link)
      insert.run(row)
      link = row.chain
    }
    db.prepare(`UPDATE meta SET value = ? WHERE name = 'lastStep'`).run(last)
    db.transaction(() => {
      concludeActions(db)
    })()
  }
}

/** The same steps, but that somebody else made the fourth. */
function renamed(steps: NewActionStep[]): NewActionStep[] {
  return steps.map((step, index) => (index === 3 ? { ...step, who: 'eve' } : step))
}

function without(...places: number[]) {
  return (steps: NewActionStep[]) => steps.filter((_, index) => !places.includes(index + 1))
}

/** Gives a row another content with a checksum that is right, and leaves its link. */
function forge(db: Database.Database): void {
  const [before] = db.prepare<[], string>('SELECT body FROM action_steps WHERE seq = 4').pluck().all()
  const step = JSON.parse(checkedText(before ?? '')) as NewActionStep
  const { body } = rowOf({ ...step, who: 'eve' }, 4, Buffer.alloc(32))
  db.prepare('UPDATE action_steps SET body = ? WHERE seq = 4').run(body)
}

const CUT = 'DELETE FROM action_steps WHERE seq > 4;'

describe('verify names the first bad row', () => {
  test('and none of a ledger that nobody changed', LIMIT, async () => {
    expect(await complaint(() => undefined)).toBeNull()
  })

  test.each<[string, (db: Database.Database) => unknown, string]>([
    [
      'a text that was changed',
      sql(`UPDATE action_steps SET body = replace(body, 'ada', 'eve') WHERE seq = 4`),
      'action step 4',
    ],
    ['a column that was changed', sql(`UPDATE action_steps SET at_ms = 2 WHERE seq = 2`), 'action step 2'],
    ['a text that was changed with its checksum', forge, 'action step 4'],
    ['a row that was taken out', sql('DELETE FROM action_steps WHERE seq = 3'), 'action step 3'],
    [
      'two rows that changed places',
      sql(`UPDATE action_steps SET seq = 99 WHERE seq = 4; UPDATE action_steps SET seq = 4 WHERE seq = 5;
        UPDATE action_steps SET seq = 5 WHERE seq = 99`),
      'action step 4',
    ],
    ['an end that was cut off', sql(CUT), 'action step 5'],
    [
      'an end that was cut off, with what the store remembers of it',
      sql(`${CUT} UPDATE meta SET value = 4 WHERE name = 'lastStep'`),
      'action step 5',
    ],
    [
      'all of it taken out, with what the store remembers of it',
      sql(`DELETE FROM action_steps; DELETE FROM actions; DELETE FROM meta WHERE name = 'lastStep'`),
      'action step 1',
    ],
    ['a ledger that was written anew with another name in it', rewritten(renamed), 'action step 4'],
    ['a ledger that was written anew without one step', rewritten(without(3)), 'action step 4'],
    [
      'what an action comes to',
      sql(`UPDATE actions SET state = 'refused', is_open = 0 WHERE id = 'second'`),
      'action second',
    ],
    ['an action that was taken out', sql(`DELETE FROM actions WHERE id = 'second'`), 'action second'],
  ])('%s', LIMIT, async (_, tamper, where) => {
    expect(
      await complaint((db) => {
        tamper(db)
      }),
    ).toBe(where)
  })

  test.each([
    ['another name in it', renamed],
    ['one step less', without(3)],
    ['its end cut off', without(5, 6)],
  ])(
    'the control: with a chain that was made again and nothing in the journal, %s is not noticed',
    LIMIT,
    async (_, change) => {
      expect(await complaint(rewritten(change), false)).toBeNull()
    },
  )
})
