import { describe, expect, test } from 'vitest'
import { fourIntents, NOW } from '../testing/fourIntents.ts'
import { NEWEST } from '../testing/scratch.ts'
import { tinyEvent } from '../testing/tinySystem.ts'

describe('what was frozen', () => {
  test('keeps its order, shows rows as they are now, and counts what else has changed', () => {
    using scratch = fourIntents()
    const { store } = scratch
    const { snapshot, total } = store.freeze({ query: 'is:open', sort: NEWEST, nowMs: NOW })
    expect(total).toBe(3)
    const { version } = store.head()
    store.append([
      tinyEvent({ ids: ['0xaaaa0001'], status: 'done', atMs: 199_000 }, 199_001),
      tinyEvent({ ids: ['0xdddd0005'], status: 'waiting', atMs: 199_000 }, 199_002),
      tinyEvent({ ids: ['0xeeee0006'], status: 'done', atMs: 199_000 }, 199_003),
    ])
    const rows = store.rows({ snapshot, from: 1, limit: 2, nowMs: NOW }).rows
    expect(rows.map(({ mainId, status }) => [mainId, status])).toEqual([
      ['0xaaaa0002', 'moving'],
      ['0xaaaa0001', 'done'],
    ])
    const shown = ['tiny:0xaaaa0001', 'tiny:0xaaaa0002']
    const changes = store.changes({ snapshot, ids: shown, since: version, nowMs: NOW })
    expect(changes.rows.map(({ mainId }) => mainId)).toEqual(['0xaaaa0001'])
    expect(changes.newCount).toBe(1)
    expect(store.changes({ snapshot, ids: shown, since: changes.version, nowMs: NOW }).rows).toEqual([])
  })

  test('is forgotten after ten minutes without use, and says so', () => {
    using scratch = fourIntents()
    const { snapshot } = scratch.store.freeze({ query: '', sort: NEWEST, nowMs: NOW })
    const ask = { snapshot, from: 0, limit: 1 }
    scratch.store.rows({ ...ask, nowMs: NOW + 600_000 })
    scratch.store.rows({ ...ask, nowMs: NOW + 1_200_000 })
    expect(() => scratch.store.rows({ ...ask, nowMs: NOW + 1_800_001 })).toThrow('not kept')
  })
})
