import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { databaseFile } from '../files.ts'
import { openLocalStore, type LocalStore } from '../localStore.ts'
import { scratchFolder } from '../testing/scratch.ts'
import { sendingOf, stepOfAction } from '../testing/steps.ts'
import { tinyEvent, tinyRegister } from '../testing/tinySystem.ts'

/** Takes away what keeps the ledger from being changed, which itself has the store replaced. */
const UNLOCK = 'DROP TRIGGER action_steps_never_change; DROP TRIGGER action_steps_never_go;'

function open(dataDir: string): LocalStore {
  return openLocalStore({ dataDir, mode: 'write' }, tinyRegister)
}

/** The id of a ledger before and after its folder was changed while nobody had it open. */
function idsAround(sql: string): [before: number, after: number] {
  using folder = scratchFolder()
  const store = open(folder.dataDir)
  store.append([tinyEvent({ ids: ['0xa1'], status: 'waiting', atMs: 0 }, 0)])
  store.recordStep(sendingOf('first', '0xa1'))
  store.recordStep(stepOfAction('', 'unlocked'))
  store.recordStep(stepOfAction('first', 'accepted'))
  const before = store.actionsHead().ledger
  store.close()
  const db = new Database(databaseFile(folder.dataDir))
  db.exec(sql)
  db.close()
  const again = open(folder.dataDir)
  const after = again.actionsHead().ledger
  again.close()
  return [before, after]
}

test('a ledger has one id for good: read, opened again and made anew it is the same', () => {
  using folder = scratchFolder()
  const store = open(folder.dataDir)
  const { ledger } = store.actionsHead()
  expect(ledger).toBeGreaterThan(0)
  expect(Number.isSafeInteger(ledger)).toBe(true)
  const reader = openLocalStore({ ...folder, mode: 'read' }, tinyRegister)
  expect(reader.actionsHead().ledger).toBe(ledger)
  reader.close()
  store.rebuild()
  store.close()
  const again = open(folder.dataDir)
  expect(again.actionsHead().ledger).toBe(ledger)
  again.close()
})

test('that of every other folder is another', () => {
  using one = scratchFolder()
  using other = scratchFolder()
  const stores = [open(one.dataDir), open(other.dataDir)]
  expect(new Set(stores.map((store) => store.actionsHead().ledger)).size).toBe(2)
  for (const store of stores) store.close()
})

test.each([
  ['an older console made it', `DELETE FROM meta WHERE name = 'ledger'`],
  // What that step used up, such as an approval, is not known any more.
  ['a step of it is lost', `${UNLOCK} DELETE FROM action_steps WHERE seq = 2`],
])('it is given one anew where %s', (_, sql) => {
  const [before, after] = idsAround(sql)
  expect(after).toBeGreaterThan(0)
  expect(after).not.toBe(before)
})

test('it survives a salvage that loses nothing of it', () => {
  const [before, after] = idsAround(`${UNLOCK} DELETE FROM action_steps WHERE seq = 3`)
  expect(after).toBe(before)
})
