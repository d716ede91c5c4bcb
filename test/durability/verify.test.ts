import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildAround } from '../../electron/cli/build.ts'
import { runCommandLine } from '../../electron/cli/program.ts'
import { databaseFile } from '../../electron/store/files.ts'
import { openStore } from '../../electron/store/open.ts'
import type { Store, Verification } from '../../electron/store/store.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import { offered } from './offers.ts'

const build = buildAround(new URL('../../electron/cli.ts', import.meta.url).pathname)

let dataDir: string
let store: Store

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'verify-'))
  store = await openStore({ dataDir, workerUrl: build.workerUrl, mode: 'write' })
  await store.append(
    Array.from({ length: 20 }, (_, n) => ({
      connection: connectionId('fusion-test'),
      system: 'fusion' as const,
      kind: 'intent:new',
      origin: 'push' as const,
      receivedAtMs: 1_760_000_100_000 + n,
      payload: JSON.stringify(offered({ n })),
      isSample: false,
    })),
  )
})

afterEach(async () => {
  await store.close()
  rmSync(dataDir, { recursive: true })
})

async function verify(place = dataDir) {
  const printed: string[] = []
  const code = await runCommandLine(['verify', place, '--json'], {
    build,
    clock: systemClock,
    env: {},
    print: (line) => printed.push(line),
    say: () => undefined,
  })
  return { code, answers: printed.map((line) => JSON.parse(line) as Partial<Verification>) }
}

/** Changes a store that nobody has open. */
async function tampered(sql: string) {
  await store.close()
  const db = new Database(databaseFile(dataDir))
  db.exec(sql)
  db.close()
  return verify()
}

test('a good store is good, beside the console that writes to it too', async () => {
  const whole = {
    code: 0,
    answers: [
      {
        eventCount: 20,
        lastSeq: 20,
        retainedCount: 0,
        lostCount: 0,
        stepCount: 0,
        lostStepCount: 0,
        intentCount: 20,
        problems: [],
      },
    ],
  }
  expect(await verify()).toEqual(whole)
  await store.close()
  expect(await verify()).toEqual(whole)
})

const UNLOCK = 'DROP TRIGGER raw_events_never_change; DROP TRIGGER raw_events_never_go;'

test.each([
  [
    'an event that was changed',
    `${UNLOCK} UPDATE raw_events SET payload = '{}' WHERE seq = 5`,
    'journal event 5',
  ],
  ['an event that was taken out', `${UNLOCK} DELETE FROM raw_events WHERE seq = 7`, 'journal event 7'],
  ['the last event taken off', `${UNLOCK} DELETE FROM raw_events WHERE seq = 20`, /^intent fusion-test:/],
  [
    'two events that changed places',
    `${UNLOCK} UPDATE raw_events SET seq = -1 WHERE seq = 3;
    UPDATE raw_events SET seq = 3 WHERE seq = 4; UPDATE raw_events SET seq = 4 WHERE seq = -1`,
    'journal event 3',
  ],
  [
    'a conclusion that was changed',
    `UPDATE intents SET phase = 'completed' WHERE id = 3`,
    /^intent fusion-test:0x/,
  ],
  ['a count that was changed', `UPDATE counters SET count = 7 WHERE name = 'total'`, 'table counters'],
  [
    'a text that was changed',
    `UPDATE documents SET body = replace(body, 'matched', 'matches') WHERE intent = 2`,
    /^intent/,
  ],
])('%s is found, with its place', async (_, sql, where) => {
  const { code, answers } = await tampered(sql)
  expect(code).toBe(4)
  expect(answers[0]?.problems?.[0]?.where).toMatch(where)
  expect(answers[1]).toMatchObject({ code: 'verification' })
})

test('what is no store at all fails verification; what is not there is not found', async () => {
  await store.close()
  writeFileSync(databaseFile(dataDir), 'not a database')
  expect((await verify()).code).toBe(4)
  expect((await verify(join(dataDir, 'nowhere'))).code).toBe(3)
  expect(await verify(databaseFile(dataDir))).toMatchObject({ code: 1, answers: [{ code: 'closed' }] })
})
