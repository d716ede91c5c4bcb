import { describe, expect, test } from 'vitest'
import { connectionId } from '../../../shared/intent/ids.ts'
import { scratchStore } from '../testing/scratch.ts'
import { tinyEvent } from '../testing/tinySystem.ts'

describe('identity', () => {
  test('two names that turn out to mean one intent become one, under the older id; every name finds it', () => {
    using scratch = scratchStore()
    const { store } = scratch
    store.append([tinyEvent({ ids: ['aa11'], status: 'waiting', atMs: 1 }, 1)])
    store.append([tinyEvent({ ids: ['bb22'], status: 'moving', atMs: 2 }, 2)])
    expect(store.counts(3).total).toBe(2)
    store.append([tinyEvent({ ids: ['bb22', 'aa11'], status: 'done', atMs: 3 }, 3)])
    expect(store.counts(4)).toMatchObject({ total: 1, open: 0, byPhase: { completed: 1 } })
    for (const id of ['aa11', 'BB22', 'tiny:aa11', 'tiny:bb22']) {
      const { intent } = store.get({ id, nowMs: 4 })
      expect(intent.id).toBe('tiny:aa11')
      expect(intent.timeline.map(({ status }) => status)).toEqual(['waiting', 'moving', 'done'])
      expect(intent.aliases).toContainEqual({ kind: 'consoleId', value: 'tiny:bb22' })
    }
  })

  test('the newest word of either counts, though what joined them is older', () => {
    using scratch = scratchStore()
    const { store } = scratch
    store.append([tinyEvent({ ids: ['aa11'], status: 'waiting', atMs: 10 }, 10)])
    store.append([tinyEvent({ ids: ['bb22'], status: 'done', atMs: 30 }, 30)])
    store.append([tinyEvent({ ids: ['bb22', 'aa11'], atMs: 20 }, 40)])
    const { intent } = store.get({ id: 'aa11', nowMs: 50 })
    expect(intent.status).toBe('done')
    expect(intent.timeline.map(({ atMs }) => atMs)).toEqual([10, 20, 30])
  })

  test('the same name on two connections is two intents', () => {
    using scratch = scratchStore()
    const { store } = scratch
    const event = tinyEvent({ ids: ['aa11'], status: 'waiting', atMs: 1 }, 1)
    store.append([event, { ...event, connection: connectionId('second') }])
    expect(store.counts(2).byConnection).toEqual({ tiny: 1, second: 1 })
    expect(() => store.get({ id: 'aa11', nowMs: 2 })).toThrow(/fits several.*(tiny|second):aa11/)
    expect(store.get({ id: 'second:aa11', nowMs: 2 }).intent.connection).toBe('second')
  })
})
