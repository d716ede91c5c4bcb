import { describe, expect, test } from 'vitest'
import { fourIntents, NOW } from '../testing/fourIntents.ts'

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
    using scratch = fourIntents()
    const found = scratch.store.find({ query, limit: 10, nowMs: NOW })
    expect(found.map(({ aliases }) => aliases[0]?.value)).toEqual(expected)
  })

  test('stops at the limit, newest first', () => {
    using scratch = fourIntents()
    expect(scratch.store.find({ query: '', limit: 1, nowMs: NOW })[0]?.id).toBe('second:ccdd-0004')
  })
})

describe('get', () => {
  test('takes any name, a mention of one intent, and a prefix that fits one', () => {
    using scratch = fourIntents()
    for (const id of ['0xAAAA0001', 'aaaa0001', 'tiny:0xaaaa0001', 'tiny:AAAA0001', '0xm1', ' 0xaaaa0001 ']) {
      expect(scratch.store.get({ id, nowMs: NOW }).intent.row.mainId).toBe('0xaaaa0001')
    }
    expect(scratch.store.get({ id: 'bbbb00', nowMs: NOW }).intent.row.mainId).toBe('0xbbbb0003')
  })

  test('names the candidates when several fit, and says when none does', () => {
    using scratch = fourIntents()
    const get = (id: string) => () => scratch.store.get({ id, nowMs: NOW })
    expect(get('aaaa00')).toThrow(/fits several intents: tiny:0xaaaa0002, tiny:0xaaaa0001\./)
    expect(get('aaaa00')).toThrow(expect.objectContaining({ code: 'usage' }) as Error)
    expect(get('bbbb')).toThrow(expect.objectContaining({ code: 'not-found' }) as Error)
  })

  test('tells the verdict of the hour', () => {
    using scratch = fourIntents()
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
