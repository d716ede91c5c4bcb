import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fourIntents, NOW } from '../testing/fourIntents.ts'
import { NEWEST, scratchStore } from '../testing/scratch.ts'
import { consoleSays, operatorDoes, tinyEvent } from '../testing/tinySystem.ts'
import type { LocalStore } from '../localStore.ts'
import type { Sort } from '../store.ts'

function ids(store: LocalStore, query: string, sort: Sort = NEWEST): string[] {
  const page = store.page({ query, sort, limit: 100, since: 0, nowMs: NOW })
  expect(page.total).toBe(page.order.length)
  expect(store.freeze({ query, sort, nowMs: NOW }).total).toBe(page.total)
  return page.order.map((id) => id.slice(id.indexOf(':') + 1))
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
  using scratch = fourIntents()
  if (expected === null) {
    expect(() => ids(scratch.store, query)).toThrow(expect.objectContaining({ code: 'usage' }) as Error)
    return
  }
  expect(ids(scratch.store, query)).toEqual(expected)
  while (scratch.store.idle());
  expect(ids(scratch.store, query)).toEqual(expected)
})

test('a wrong query is answered with the place and what was expected', () => {
  using scratch = fourIntents()
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
    using scratch = fourIntents()
    expect(ids(scratch.store, '', sort)).toEqual(expected)
  })

  test('a deadline that has passed counts no more', () => {
    using scratch = fourIntents()
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

test('a page holds the rows that changed after a version, and those that a gap came to touch', () => {
  using scratch = fourIntents()
  const { store } = scratch
  const ask = { query: '', sort: NEWEST, limit: 10, nowMs: NOW }
  const { version } = store.page({ ...ask, since: 0 })
  expect(store.page({ ...ask, since: version }).rows).toEqual([])
  store.append([consoleSays('gapOpened', { fromMs: 160_000, reason: 'cut' }, NOW)])
  const touched = store.page({ ...ask, since: version })
  expect(touched.rows.map(({ mainId, hasGap }) => [mainId, hasGap])).toEqual([
    ['0xaaaa0002', true],
    ['0xaaaa0001', true],
  ])
  expect(ids(store, 'has:gap')).toEqual(['0xaaaa0002', '0xaaaa0001'])

  store.append([consoleSays('gapClosed', { fromMs: 160_000, untilMs: 180_000, isRecovered: false }, NOW)])
  expect(ids(store, 'has:gap')).toEqual(['0xaaaa0001'])
  store.append([
    consoleSays('gapRepaired', { fromMs: 160_000, atMs: 185_000, readCount: 2, failedCount: 1 }, NOW),
  ])
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
  using scratch = fourIntents()
  const { store } = scratch
  store.append([consoleSays('gapOpened', { fromMs: 110_000, reason: 'cut' }, NOW)])
  const { version } = store.head()
  store.append([consoleSays('gapClosed', { fromMs: 110_000, untilMs: 120_000, isRecovered: true }, NOW)])
  const { rows } = store.page({ query: '', sort: NEWEST, limit: 10, since: version, nowMs: NOW })
  expect(rows.map(({ mainId, hasGap }) => [mainId, hasGap])).toEqual([['0xaaaa0001', false]])
  expect(store.get({ id: '0xaaaa0001', nowMs: NOW }).intent.timeline.map(({ kind }) => kind)).toEqual([
    'statusClaimed',
  ])
})

test('a value of a query never becomes SQL', () => {
  using scratch = fourIntents()
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

test('notes, tags and silences are asked for, and their words are searched', () => {
  using scratch = fourIntents()
  const { store } = scratch
  store.append([
    operatorDoes('noteAdded', { ids: ['0xaaaa0001'], text: 'Phoned the Maker, wants a refund' }, NOW),
    operatorDoes('tagSet', { ids: ['0xaaaa0001'], tag: 'VIP', isSet: true }, NOW),
    operatorDoes('tagSet', { ids: ['0xaaaa0002'], tag: 'vip  desk', isSet: true }, NOW),
    operatorDoes('tagSet', { ids: ['0xbbbb0003'], tag: 'vip', isSet: true }, NOW),
    operatorDoes('tagSet', { ids: ['0xbbbb0003'], tag: 'Vip', isSet: false }, NOW + 1),
    operatorDoes(
      'alarmSilenced',
      { ids: ['0xaaaa0002'], untilMs: NOW + 1, reason: 'known', status: 'moving', statusSinceMs: 0 },
      NOW,
    ),
  ])
  expect(ids(store, 'has:note')).toEqual(['0xaaaa0001'])
  expect(ids(store, 'not has:note tag:vip')).toEqual([])
  expect(ids(store, 'tag:vip')).toEqual(['0xaaaa0001'])
  expect(ids(store, 'tag:"VIP Desk"')).toEqual(['0xaaaa0002'])
  expect(ids(store, 'tag:desk')).toEqual([])
  expect(ids(store, 'not tag:vip').toSorted()).toEqual(['0xaaaa0002', '0xbbbb0003', 'ccdd-0004'])
  expect(ids(store, 'is:silenced')).toEqual(['0xaaaa0002'])
  expect(ids(store, 'phoned')).toEqual(['0xaaaa0001'])
  while (store.idle());
  expect(ids(store, '"the maker, wants"')).toEqual(['0xaaaa0001'])
  expect(ids(store, 'vip').toSorted()).toEqual(['0xaaaa0001', '0xaaaa0002'])
})
