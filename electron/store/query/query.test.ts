import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connectionId } from '../../../shared/intent/ids.ts'
import { NEWEST, scratchStore } from '../testing/scratch.ts'
import { tinyEvent } from '../testing/tinySystem.ts'
import type { LocalStore } from '../localStore.ts'
import type { Sort } from '../store.ts'

const NOW = 200_000

function ids(store: LocalStore, query: string, sort: Sort = NEWEST): string[] {
  const page = store.page({ query, sort, limit: 100, since: 0, nowMs: NOW })
  expect(page.total).toBe(page.order.length)
  expect(store.freeze({ query, sort, nowMs: NOW }).total).toBe(page.total)
  return page.order.map((id) => id.slice(id.indexOf(':') + 1))
}

/** Four intents that differ in everything that can be asked for. */
function filled(): ReturnType<typeof scratchStore> {
  const scratch = scratchStore()
  scratch.store.append([
    tinyEvent(
      { ids: ['0xaaaa0001'], status: 'waiting', atMs: 100_000, maker: '0xM1', deadlineMs: 500_000 },
      100_001,
    ),
    tinyEvent(
      { ids: ['0xaaaa0002'], status: 'moving', atMs: 190_000, maker: '0xm2', deadlineMs: 300_000 },
      190_001,
    ),
    tinyEvent(
      { ids: ['0xbbbb0003'], status: 'done', atMs: 150_000, note: 'Reverted: LOW "gas" 100%' },
      150_001,
    ),
    tinyEvent({ ids: ['ccdd-0004'], status: 'Odd', atMs: 195_000 }, 195_001, {
      connection: connectionId('second'),
    }),
  ])
  return scratch
}

test.each([
  ['', ['ccdd-0004', '0xbbbb0003', '0xaaaa0002', '0xaaaa0001']],
  ['system:fusion', ['ccdd-0004', '0xbbbb0003', '0xaaaa0002', '0xaaaa0001']],
  ['system:flashnet', []],
  ['connection:SECOND', ['ccdd-0004']],
  ['phase:executing', ['0xaaaa0002']],
  ['status:odd', ['ccdd-0004']],
  ['maker:m1', ['0xaaaa0001']],
  ['maker:0xM2', ['0xaaaa0002']],
  ['maker:m', []],
  ['solver:m1', []],
  ['chain:1', []],
  ['token:eth', []],
  ['is:stuck', ['0xaaaa0001']],
  ['is:open', ['ccdd-0004', '0xaaaa0002', '0xaaaa0001']],
  ['is:terminal', ['0xbbbb0003']],
  ['is:at-risk', ['0xaaaa0002']],
  ['is:watched', []],
  ['is:contradicted', []],
  ['has:gap', []],
  ['has:note', []],
  ['age:>1m', ['0xaaaa0001']],
  ['age:<30s', ['ccdd-0004', '0xaaaa0002']],
  ['updated:<30s', ['ccdd-0004', '0xaaaa0002']],
  ['not is:stuck', ['ccdd-0004', '0xbbbb0003', '0xaaaa0002']],
  ['not solver:x', ['ccdd-0004', '0xbbbb0003', '0xaaaa0002', '0xaaaa0001']],
  ['(phase:open or is:terminal) not is:stuck', ['0xbbbb0003']],
  ['reverted', ['0xbbbb0003']],
  ['"low ""gas"""', ['0xbbbb0003']],
  ['100%', ['0xbbbb0003']],
  ['"', null],
  ['bb00', ['0xbbbb0003']],
  ['od', ['ccdd-0004']],
  ['XAAAA', ['0xaaaa0002', '0xaaaa0001']],
  ['AAAA000', ['0xaaaa0002', '0xaaaa0001']],
  ['ccdd0004', ['ccdd-0004']],
  ['second:CCDD-0004', ['ccdd-0004']],
] as const)('the query %j', (query, expected) => {
  using scratch = filled()
  if (expected === null) {
    expect(() => ids(scratch.store, query)).toThrow(expect.objectContaining({ code: 'usage' }) as Error)
    return
  }
  expect(ids(scratch.store, query)).toEqual(expected)
  while (scratch.store.idle());
  expect(ids(scratch.store, query)).toEqual(expected)
})

test('a wrong query is answered with the place and what was expected', () => {
  using scratch = filled()
  expect(() => ids(scratch.store, 'phase:nowhere')).toThrow(
    expect.objectContaining({ code: 'usage', facts: expect.objectContaining({ at: 6 }) as unknown }) as Error,
  )
})

describe('orders', () => {
  const orders: [Sort, string[]][] = [
    [{ by: 'changed', isAscending: true }, ['0xaaaa0001', '0xaaaa0002', '0xbbbb0003', 'ccdd-0004']],
    [{ by: 'created', isAscending: false }, ['ccdd-0004', '0xaaaa0002', '0xbbbb0003', '0xaaaa0001']],
    [{ by: 'phaseSince', isAscending: true }, ['0xaaaa0001', '0xbbbb0003', '0xaaaa0002', 'ccdd-0004']],
    [{ by: 'deadline', isAscending: false }, ['0xaaaa0002', '0xaaaa0001', 'ccdd-0004', '0xbbbb0003']],
    [{ by: 'deadline', isAscending: true }, ['0xaaaa0001', '0xaaaa0002', 'ccdd-0004', '0xbbbb0003']],
  ]
  test.each(orders)('%j', (sort, expected) => {
    using scratch = filled()
    expect(ids(scratch.store, '', sort)).toEqual(expected)
  })

  test('a deadline that has passed counts no more', () => {
    using scratch = filled()
    const sort: Sort = { by: 'deadline', isAscending: false }
    const { order } = scratch.store.page({ query: '', sort, limit: 1, since: 0, nowMs: 300_001 })
    expect(order).toEqual(['tiny:0xaaaa0001'])
  })
})

test('totals stay exact while intents come, change and merge', () => {
  const event = fc.record({
    ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 2 }),
    status: fc.constantFrom('waiting', 'moving', 'done'),
    atMs: fc.nat(99),
  })
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 25 }), (events) => {
      using scratch = scratchStore()
      for (const [index, payload] of events.entries()) {
        scratch.store.append([tinyEvent(payload, index)])
        for (const query of ['', 'phase:open', 'not phase:open', 'is:terminal', 'phase:open or is:at-risk'])
          ids(scratch.store, query)
      }
    }),
    { numRuns: 20 },
  )
})

describe('what was frozen', () => {
  test('keeps its order, shows rows as they are now, and counts what else has changed', () => {
    using scratch = filled()
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
    using scratch = filled()
    const { snapshot } = scratch.store.freeze({ query: '', sort: NEWEST, nowMs: NOW })
    const ask = { snapshot, from: 0, limit: 1 }
    scratch.store.rows({ ...ask, nowMs: NOW + 600_000 })
    scratch.store.rows({ ...ask, nowMs: NOW + 1_200_000 })
    expect(() => scratch.store.rows({ ...ask, nowMs: NOW + 1_800_001 })).toThrow('not kept')
  })
})

test('a page holds the rows that changed after a version, and those that a gap came to touch', () => {
  using scratch = filled()
  const { store } = scratch
  const ask = { query: '', sort: NEWEST, limit: 10, nowMs: NOW }
  const { version } = store.page({ ...ask, since: 0 })
  expect(store.page({ ...ask, since: version }).rows).toEqual([])
  const gap = (kind: string, payload: object) =>
    tinyEvent({}, NOW, {
      system: 'console',
      kind,
      origin: 'console',
      isSample: true,
      payload: JSON.stringify(payload),
    })

  store.append([gap('gapOpened', { fromMs: 160_000, reason: 'cut' })])
  const touched = store.page({ ...ask, since: version })
  expect(touched.rows.map(({ mainId, hasGap }) => [mainId, hasGap])).toEqual([
    ['0xaaaa0002', true],
    ['0xaaaa0001', true],
  ])
  expect(ids(store, 'has:gap')).toEqual(['0xaaaa0002', '0xaaaa0001'])

  store.append([gap('gapClosed', { fromMs: 160_000, untilMs: 180_000, isRecovered: false })])
  expect(ids(store, 'has:gap')).toEqual(['0xaaaa0001'])
  store.append([gap('gapRepaired', { fromMs: 160_000, atMs: 185_000, readCount: 2, failedCount: 1 })])
  const { version: seen, intent } = store.get({ id: '0xaaaa0001', nowMs: NOW })
  expect(seen).toBe(store.head().version)
  expect(intent.timeline.at(-1)).toMatchObject({
    kind: 'gap',
    seq: 5,
    fromMs: 160_000,
    untilMs: 180_000,
    reason: 'cut',
    repairedAtMs: 185_000,
  })
  expect(store.connections(NOW).find(({ connection }) => connection === 'tiny')?.gaps).toMatchObject([
    { fromMs: 160_000, untilMs: 180_000, repairedCount: 2, repairFailedCount: 1 },
  ])
})

test('a gap in which nothing was missed is none, and the rows that it touched are told', () => {
  using scratch = filled()
  const { store } = scratch
  const gap = (kind: string, payload: object) =>
    tinyEvent({}, NOW, {
      system: 'console',
      kind,
      origin: 'console',
      isSample: true,
      payload: JSON.stringify(payload),
    })
  store.append([gap('gapOpened', { fromMs: 110_000, reason: 'cut' })])
  const { version } = store.head()
  store.append([gap('gapClosed', { fromMs: 110_000, untilMs: 120_000, isRecovered: true })])
  const { rows } = store.page({ query: '', sort: NEWEST, limit: 10, since: version, nowMs: NOW })
  expect(rows.map(({ mainId, hasGap }) => [mainId, hasGap])).toEqual([['0xaaaa0001', false]])
  expect(store.get({ id: '0xaaaa0001', nowMs: NOW }).intent.timeline.map(({ kind }) => kind)).toEqual([
    'statusClaimed',
  ])
})

describe('find', () => {
  test.each([
    ['0xAAAA0001', ['0xaaaa0001']],
    ['aaaa0001', ['0xaaaa0001']],
    ['tiny:0xaaaa0001', ['0xaaaa0001']],
    ['aaaa00', ['0xaaaa0002', '0xaaaa0001']],
    ['is:terminal', ['0xbbbb0003']],
    ['', ['ccdd-0004', '0xbbbb0003', '0xaaaa0002', '0xaaaa0001']],
    ['ffffffffff', []],
  ])('%j', (query, expected) => {
    using scratch = filled()
    const found = scratch.store.find({ query, limit: 10, nowMs: NOW })
    expect(found.map(({ aliases }) => aliases[0]?.value)).toEqual(expected)
  })

  test('stops at the limit, newest first', () => {
    using scratch = filled()
    expect(scratch.store.find({ query: '', limit: 1, nowMs: NOW })[0]?.id).toBe('second:ccdd-0004')
  })
})

describe('get', () => {
  test('takes any name, a mention of one intent, and a prefix that fits one', () => {
    using scratch = filled()
    for (const id of ['0xAAAA0001', 'aaaa0001', 'tiny:0xaaaa0001', 'tiny:AAAA0001', '0xm1', ' 0xaaaa0001 ']) {
      expect(scratch.store.get({ id, nowMs: NOW }).intent.row.mainId).toBe('0xaaaa0001')
    }
    expect(scratch.store.get({ id: 'bbbb00', nowMs: NOW }).intent.row.mainId).toBe('0xbbbb0003')
  })

  test('names the candidates when several fit, and says when none does', () => {
    using scratch = filled()
    const get = (id: string) => () => scratch.store.get({ id, nowMs: NOW })
    expect(get('aaaa00')).toThrow(/fits several intents: tiny:0xaaaa0002, tiny:0xaaaa0001\./)
    expect(get('aaaa00')).toThrow(expect.objectContaining({ code: 'usage' }) as Error)
    expect(get('bbbb')).toThrow(expect.objectContaining({ code: 'not-found' }) as Error)
  })

  test('tells the verdict of the hour', () => {
    using scratch = filled()
    expect(scratch.store.get({ id: 'aaaa0001', nowMs: 159_999 }).intent.stuck).toBeNull()
    expect(scratch.store.get({ id: 'aaaa0001', nowMs: 160_000 }).intent.stuck).toMatchObject({
      sinceMs: 160_000,
    })
    expect(scratch.store.counts(160_000).stuck).toBe(1)
    expect(scratch.store.longestNormalWait(150_500)).toMatchObject({
      id: 'tiny:0xaaaa0001',
      sinceMs: 100_000,
      normalWaitMs: 60_000,
    })
  })
})

test('intents that are not over come in pages in a fixed order', () => {
  using scratch = filled()
  const { store } = scratch
  const first = store.openIntents({ connection: 'tiny', after: null, limit: 1 })
  expect(first).toMatchObject([{ id: 'tiny:0xaaaa0001', status: 'waiting', lastHeardAtMs: 100_001 }])
  const rest = store.openIntents({ connection: 'tiny', after: first[0]?.id ?? null, limit: 9 })
  expect(rest.map(({ id }) => id)).toEqual(['tiny:0xaaaa0002'])
  expect(store.openIntents({ connection: 'nobody', after: null, limit: 9 })).toEqual([])
})

test('a value of a query never becomes SQL', () => {
  using scratch = filled()
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (text) => {
      const quoted = `"${text.replace(/["\\]/g, '')}x"`
      for (const query of [quoted, `maker:${quoted}`, `status:${quoted}`, `token:${quoted}`]) {
        try {
          scratch.store.page({ query, sort: NEWEST, limit: 5, since: 0, nowMs: NOW })
        } catch (error) {
          expect(error).toMatchObject({ code: 'usage' })
        }
      }
    }),
    { numRuns: 200 },
  )
  expect(scratch.store.counts(NOW).total).toBe(4)
})
