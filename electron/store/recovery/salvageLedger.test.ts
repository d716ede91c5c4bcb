import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { databaseFile } from '../files.ts'
import { openLocalStore, type LocalStore } from '../localStore.ts'
import { scratchFolder } from '../testing/scratch.ts'
import { sendingOf, stepOfAction } from '../testing/steps.ts'
import { tinyEvent, tinyRegister } from '../testing/tinySystem.ts'

/** Takes away what keeps the ledger from being changed, which itself has the store replaced. */
const UNLOCK = 'DROP TRIGGER action_steps_never_change; DROP TRIGGER action_steps_never_go;'

/** Makes a store of two intents and two actions, one of them open, changes it while nobody has it open, and opens it again. */
function afterwards(sql: string, look: (store: LocalStore) => void): void {
  using folder = scratchFolder()
  const store = openLocalStore({ ...folder, mode: 'write' }, tinyRegister)
  store.append(['0xa1', '0xb2'].map((id, n) => tinyEvent({ ids: [id], status: 'waiting', atMs: n }, n)))
  store.recordStep(sendingOf('first', '0xa1'))
  store.recordStep(stepOfAction('first', 'accepted'))
  store.recordStep(stepOfAction('', 'unlocked'))
  store.recordStep(sendingOf('second', '0xb2'))
  store.recordStep(stepOfAction('second', 'unknown'))
  store.close()
  const db = new Database(databaseFile(folder.dataDir))
  db.exec(sql)
  db.close()
  const again = openLocalStore({ ...folder, mode: 'write' }, tinyRegister)
  look(again)
  again.close()
}

function seqs(store: LocalStore): number[] {
  return store.actionSteps({ after: 0, limit: 99 }).map(({ seq }) => seq)
}

describe('of a ledger that was damaged', () => {
  test.each([
    ['a row that was changed', `UPDATE action_steps SET body = replace(body, 'ada', 'eve') WHERE seq = 4`],
    ['a row that went', 'DELETE FROM action_steps WHERE seq = 4'],
    ['a link that was changed', `UPDATE action_steps SET chain = zeroblob(32) WHERE seq = 4`],
    ['its end', 'DELETE FROM action_steps WHERE seq >= 4'],
    ['all of its rows', 'DELETE FROM action_steps WHERE action <> ""'],
  ])('%s is there again, since it also stands in what its action came to', (_, sql) => {
    afterwards(`${UNLOCK} ${sql.replaceAll('""', "''")}`, (store) => {
      expect(seqs(store)).toEqual([1, 2, 3, 4, 5])
      expect(store.openActions()).toMatchObject([{ id: 'second', state: 'unknown' }])
      expect(() => store.recordStep(sendingOf('third', '0xB2'))).toThrow('no known outcome')
      expect(store.incidents()).toMatchObject([{ kind: 'replaced', lostCount: 0 }])
      expect(store.incidents()[0]?.reason).not.toContain('lost')
      expect(store.verify()).toMatchObject({ stepCount: 5, lostStepCount: 0, problems: [] })
    })
  })

  test('a step that stands nowhere else is lost; the rest goes on under its numbers, and it is said', () => {
    afterwards(`${UNLOCK} DELETE FROM action_steps WHERE seq = 3`, (store) => {
      expect(seqs(store)).toEqual([1, 2, 4, 5])
      expect(store.incidents()[0]?.reason).toContain('one step is lost')
      expect(store.verify()).toMatchObject({ stepCount: 4, lostStepCount: 1, problems: [] })
      expect(store.recordStep(stepOfAction('second', 'read'))?.steps.at(-1)?.seq).toBe(6)
      expect(store.verify()).toMatchObject({ stepCount: 5, problems: [] })
    })
  })

  test('its last step is missed, where the store remembers it, and its number is not given again', () => {
    const cut = 'DELETE FROM action_steps WHERE seq = 5; DELETE FROM actions; DELETE FROM facts'
    afterwards(`${UNLOCK} ${cut}`, (store) => {
      expect(seqs(store)).toEqual([1, 2, 3, 4])
      expect(store.openActions()).toMatchObject([{ id: 'second', state: 'sending' }])
      expect(store.recordStep(stepOfAction('second', 'unknown'))?.steps.at(-1)?.seq).toBe(6)
      expect(store.verify()).toMatchObject({ lostStepCount: 1, problems: [] })
    })
  })

  test('a remembered end that makes no sense is not believed', () => {
    afterwards(`UPDATE meta SET value = 900000000000 WHERE name = 'lastStep'`, (store) => {
      expect(store.actionsHead().lastSeq).toBe(5)
      expect(store.verify()).toMatchObject({ stepCount: 5, lostStepCount: 0, problems: [] })
    })
  })

  test('what its steps come to is made anew when only that was changed', () => {
    afterwards(
      `UPDATE actions SET body = replace(body, 'unknown', 'refused') WHERE id = 'second'`,
      (store) => {
        expect(store.incidents()).toMatchObject([{ kind: 'rebuilt' }])
        expect(store.openActions()).toMatchObject([{ id: 'second', state: 'unknown' }])
      },
    )
  })
})
