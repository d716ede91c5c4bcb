import { describe, expect, test } from 'vitest'
import { intentIdOf, connectionId } from '../../../shared/intent/ids.ts'
import { openForWriting } from '../database.ts'
import { scratchDatabase, scratchFolder, scratchStore } from '../testing/scratch.ts'
import { refundOf, sendingOf, stepOfAction } from '../testing/steps.ts'
import { tinyEvent, tinyRegister } from '../testing/tinySystem.ts'
import { Writer } from '../writer.ts'

describe('the lock', () => {
  const other = { connection: connectionId('other') }
  test.each([
    ['the same', refundOf('0xAbC')],
    ['the same, written otherwise', refundOf('ABC')],
    ['the same over another connection to its system', refundOf('0xabc', other)],
    ['what has the same name among others', refundOf('0xnew', { names: ['0xnew', '0xABC'] })],
  ])('holds for %s', (_, head) => {
    using scratch = scratchStore()
    const { store } = scratch
    store.recordStep(sendingOf('first', '0xabc'))
    expect(() => store.recordStep(stepOfAction('second', 'sending', { head }))).toThrow(
      expect.objectContaining({
        code: 'closed',
        facts: { pending: 'first', subject: head.subject },
      }) as Error,
    )
    store.recordStep(stepOfAction('first', 'unknown'))
    expect(() => store.recordStep(stepOfAction('second', 'sending', { head }))).toThrow('no known outcome')
    store.recordStep(stepOfAction('first', 'resolved', { facts: { wasCarriedOut: 'no' } }))
    expect(store.recordStep(stepOfAction('second', 'sending', { head }))?.state).toBe('sending')
    expect(store.verify().problems).toEqual([])
  })

  test.each([
    ['another subject', refundOf('0xabd')],
    ['another kind', refundOf('0xabc', { kind: 'session' })],
    ['another system', refundOf('0xabc', { ...other, system: 'flashnet' })],
    ['what shares no name', refundOf('0xnew', { names: ['0xnew', '0xabcd'] })],
  ])('does not hold for %s', (_, head) => {
    using scratch = scratchStore()
    const { store } = scratch
    store.recordStep(sendingOf('first', '0xabc'))
    expect(store.recordStep(stepOfAction('second', 'sending', { head }))?.state).toBe('sending')
    expect(store.openActions().map(({ id }) => id)).toEqual(['first', 'second'])
  })

  test('is kept by the database itself, whoever writes to it', () => {
    using folder = scratchFolder()
    const [one, two] = [openForWriting(folder.dataDir, 0), openForWriting(folder.dataDir, 0)]
    new Writer(one, tinyRegister).recordStep(sendingOf('first', '0xabc'))
    const copy = (id: string, isOpen: number) => () =>
      two
        .prepare(
          `INSERT INTO actions SELECT ?, first_seq, connection, command, kind, subject, intent, state, ?, is_late,
             opened_at_ms, updated_at_ms, body FROM actions WHERE id = 'first'`,
        )
        .run(id, isOpen)
    expect(copy('second', 1)).toThrow('UNIQUE constraint failed')
    two.exec('DROP INDEX actions_one_open')
    expect(copy('second', 1)).not.toThrow()
    one.close()
    two.close()
  })
})

test('a step that cannot follow leaves nothing, in the file or in memory', () => {
  using scratch = scratchStore()
  const { store } = scratch
  store.recordStep(sendingOf('first', '0xabc'))
  const before = [store.actionsHead(), store.head(), store.actionSteps({ after: 0, limit: 9 })]
  expect(() => store.recordStep(stepOfAction('first', 'read'))).toThrow('cannot follow')
  expect(() => store.recordStep(stepOfAction('', 'sending', { head: refundOf('0x1') }))).toThrow(
    'of the profile',
  )
  expect(() => store.recordStep(stepOfAction('first', 'locked'))).toThrow('of the profile')
  expect(() => store.recordStep(sendingOf('second', '0xABC'))).toThrow('no known outcome')
  expect([store.actionsHead(), store.head(), store.actionSteps({ after: 0, limit: 9 })]).toEqual(before)
  expect(store.recordStep(stepOfAction('first', 'accepted'))?.steps.map(({ seq }) => seq)).toEqual([1, 2])
})

test('steps stand in the ledger in their order, each with a hash of its own, those of the profile too', () => {
  using scratch = scratchStore()
  const { store } = scratch
  store.recordStep(sendingOf('first', '0xabc'))
  expect(store.recordStep(stepOfAction('', 'unlocked', { why: 'a refund' }))).toBeNull()
  const record = store.recordStep(
    stepOfAction('first', 'accepted', { response: JSON.parse('{"b":1,"__proto__":{},"a":[null]}') }),
  )
  const steps = store.actionSteps({ after: 0, limit: 9 })
  expect(steps.map(({ seq, action, kind }) => [seq, action, kind])).toEqual([
    [1, 'first', 'sending'],
    [2, '', 'unlocked'],
    [3, 'first', 'accepted'],
  ])
  expect(new Set(steps.map(({ hash }) => hash)).size).toBe(3)
  expect(record?.steps).toEqual([steps[0], steps[2]])
  expect(store.actionSteps({ after: 1, limit: 1 })).toEqual([steps[1]])
  expect(store.verify()).toMatchObject({ stepCount: 3, lostStepCount: 0, problems: [] })
})

describe('on the timeline', () => {
  const known = tinyEvent({ ids: ['0xABC', 'tx9'], status: 'waiting', atMs: 900 }, 900)
  const intent = intentIdOf(connectionId('tiny'), { kind: 'tinyId', value: '0xABC' })

  test.each([
    ['by its console id', refundOf('anything', { intent })],
    ['by any of its names', refundOf('0xTX9')],
  ])('of the intent that it is about, known %s, a step stands with its words', (_, head) => {
    using scratch = scratchStore()
    const { store } = scratch
    store.append([known])
    const { version } = store.head()
    store.recordStep(stepOfAction('first', 'sending', { head }))
    store.recordStep(stepOfAction('first', 'accepted', { facts: { refundSessionId: 's-1' } }))
    const found = store.get({ id: '0xabc', nowMs: 2_000 })
    expect(found.version).toBeGreaterThan(version)
    expect(found.intent.timeline.map(({ kind, origin }) => [kind, origin])).toEqual([
      ['statusClaimed', 'push'],
      ['actionSending', 'operator'],
      ['actionAccepted', 'operator'],
    ])
    expect(found.intent.aliases).toEqual([
      { kind: 'tinyId', value: '0xABC' },
      { kind: 'tinyId', value: 'tx9' },
    ])
    expect(store.intent('tx9').details).toEqual({ refundSessionId: 's-1' })
    expect(store.verify()).toMatchObject({ intentCount: 1, problems: [] })
  })

  test('what was only submitted is no intent until its system tells of it; steps after that stand there', () => {
    using scratch = scratchStore()
    const { store } = scratch
    store.recordStep(sendingOf('first', '0xABC'))
    store.recordStep(stepOfAction('first', 'unknown'))
    expect(() => store.intent('0xabc')).toThrow(expect.objectContaining({ code: 'not-found' }) as Error)
    store.append([known])
    store.recordStep(stepOfAction('first', 'accepted'))
    const { timeline } = store.get({ id: 'tx9', nowMs: 2_000 }).intent
    expect(timeline.map(({ kind }) => kind)).toEqual(['statusClaimed', 'actionAccepted'])
    expect(store.verify()).toMatchObject({ intentCount: 1, problems: [] })
  })
})

test('what actions come to is made anew from the ledger, and the same', () => {
  using scratch = scratchDatabase()
  const { db } = scratch
  const writer = new Writer(db, tinyRegister)
  writer.recordStep(sendingOf('first', '0xabc'))
  writer.recordStep(stepOfAction('first', 'unknown'))
  writer.recordStep(sendingOf('second', '0xabd'))
  writer.recordStep(stepOfAction('second', 'accepted', { response: { a: 1 } }))
  const rows = () => db.prepare('SELECT * FROM actions ORDER BY id').all()
  const before = rows()
  expect(before).toHaveLength(2)
  db.exec(`DELETE FROM actions WHERE id = 'first'; UPDATE actions SET state = 'refused'`)
  writer.rebuild()
  expect(rows()).toEqual(before)
})
