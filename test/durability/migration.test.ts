import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, schemaOf } from '../../electron/store/migrations/migrate.ts'
import { MIGRATIONS } from '../../electron/store/migrations/migrations.ts'
import { POINTS, STEPS } from './migrationSteps.ts'

/** Some dozens of starts of Node, on a machine that does other things too. */
const LIMIT_MS = 120_000

let folder: string
let old: string
let oldState: unknown
let newState: unknown

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'migration-'))
  old = join(folder, 'old.db')
  const db = new Database(old)
  migrate(db, STEPS.slice(0, 1))
  db.close()
  oldState = stateOf(old)
  newState = stateAfterDyingAt(0, 'careful')
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Everything that a database holds: schema, version and rows. */
function stateOf(file: string): unknown {
  const db = new Database(file)
  const tables = db
    .prepare<[], { name: string; sql: string | null }>('SELECT name, sql FROM sqlite_schema ORDER BY name')
    .all()
  const rows = tables
    .filter(({ sql }) => sql?.startsWith('CREATE TABLE') === true)
    .map(({ name }) => db.prepare(`SELECT * FROM ${name} ORDER BY 1`).all())
  const state = { schema: schemaOf(db), tables, rows, check: db.pragma('integrity_check', { simple: true }) }
  db.close()
  return state
}

/** What is left when a process dies at a point of the migration; it reaches its end at none. */
function stateAfterDyingAt(point: number, how: 'careful' | 'careless'): unknown {
  const file = join(folder, `${how}-${point}.db`)
  copyFileSync(old, file)
  const { signal, status, stderr } = migrated(file, point, how)
  expect([signal, status], stderr).toEqual(point === 0 ? [null, 0] : ['SIGKILL', null])
  return stateOf(file)
}

function migrated(file: string, point: number, how: 'careful' | 'careless' | 'ours') {
  const root = new URL('migrationRoot.ts', import.meta.url).pathname
  return spawnSync(process.execPath, [root, file, String(point), how], { encoding: 'utf8' })
}

test(
  'a process that dies anywhere in a migration leaves the old database, whole',
  { timeout: LIMIT_MS },
  () => {
    expect(newState).toMatchObject({ schema: STEPS.length })
    for (let point = 1; point <= POINTS; point += 1) {
      expect(stateAfterDyingAt(point, 'careful'), `point ${point}`).toEqual(oldState)
    }
  },
)

test('so does one that dies before any statement of our own migrations', { timeout: LIMIT_MS }, () => {
  const ours = join(folder, 'ours.db')
  const db = new Database(ours)
  // Older than what changes the conclusions that are there.
  migrate(db, MIGRATIONS.slice(0, 2))
  db.exec(`INSERT INTO connections (id, name) VALUES (1, 'tiny')`)
  db.close()
  const before = stateOf(ours)
  let deathCount = 0
  for (let isOver = false; !isOver;) {
    const file = join(folder, `ours-${deathCount}.db`)
    copyFileSync(ours, file)
    const { signal, status, stderr } = migrated(file, deathCount + 1, 'ours')
    isOver = status === 0
    if (isOver) expect(stateOf(file)).toMatchObject({ schema: MIGRATIONS.length, check: 'ok' })
    else {
      expect(signal, stderr).toBe('SIGKILL')
      expect(stateOf(file), `statement ${deathCount + 1}`).toEqual(before)
      deathCount += 1
    }
  }
  expect(deathCount).toBeGreaterThan(MIGRATIONS.length - 2)
})

test('the control: without the transaction a death leaves something between', { timeout: LIMIT_MS }, () => {
  const state = stateAfterDyingAt(3, 'careless')
  expect(state).not.toEqual(oldState)
  expect(state).not.toEqual(newState)
})
