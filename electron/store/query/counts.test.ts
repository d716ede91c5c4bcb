import { expect, test } from 'vitest'
import { ATTENTION } from '../../../shared/query/attention.ts'
import { NEWEST, scratchStore } from '../testing/scratch.ts'
import { operatorDoes, tinyEvent } from '../testing/tinySystem.ts'

const NOW = 200_000

test('the counts of what needs a person are those of its lists, now and after each change', () => {
  using scratch = scratchStore()
  const { store } = scratch
  const listed = (query: string) => store.page({ query, sort: NEWEST, limit: 1, since: 0, nowMs: NOW }).total
  const agree = (): number[] => {
    const { stuck, endedAtRisk, contradicted, silenced } = store.counts(NOW)
    const { overdue, endedAtRisk: ended, contradicted: odd } = ATTENTION
    expect(stuck + endedAtRisk + contradicted - silenced).toBe(listed(overdue) + listed(ended) + listed(odd))
    expect(stuck).toBe(listed('is:stuck'))
    return [stuck, endedAtRisk]
  }
  expect(agree()).toEqual([0, 0])
  store.append([tinyEvent({ ids: ['0xaaaa0001'], status: 'waiting', atMs: 100_000 }, 100_001)])
  expect(agree()).toEqual([1, 0])
  store.append([tinyEvent({ ids: ['0xaaaa0002'], status: 'moving', atMs: 190_000 }, 190_001)])
  store.append([tinyEvent({ ids: ['0xaaaa0002'], status: 'broken', atMs: 195_000 }, 195_001)])
  expect(agree()).toEqual([1, 1])
})

test('a silence takes its intent out of what needs a person, and gives it back when it ends', () => {
  using scratch = scratchStore()
  const { store } = scratch
  const at = (nowMs: number): Record<string, number> => {
    const listed = (query: string) => store.page({ query, sort: NEWEST, limit: 1, since: 0, nowMs }).total
    const { stuck, silenced } = store.counts(nowMs)
    return { stuck, silenced, overdue: listed(ATTENTION.overdue), apart: listed(ATTENTION.silenced) }
  }
  const ids = ['0xaaaa0001']
  store.append([tinyEvent({ ids, status: 'waiting', atMs: 100_000 }, 100_001)])
  expect(at(NOW)).toEqual({ stuck: 1, silenced: 0, overdue: 1, apart: 0 })
  const silence = { ids, reason: 'known', status: 'waiting', statusSinceMs: 100_000 }
  store.append([operatorDoes('alarmSilenced', { ...silence, untilMs: NOW + 10 }, NOW)])
  expect(at(NOW + 1)).toEqual({ stuck: 1, silenced: 1, overdue: 0, apart: 1 })
  expect(at(NOW + 10)).toEqual({ stuck: 1, silenced: 0, overdue: 1, apart: 0 })
  store.append([operatorDoes('alarmSilenced', { ...silence, untilMs: null }, NOW + 20)])
  expect(at(NOW * 1_000)).toEqual({ stuck: 1, silenced: 1, overdue: 0, apart: 1 })
  store.append([tinyEvent({ ids, status: 'moving', atMs: NOW + 30 }, NOW + 30)])
  expect(at(NOW * 1_000)).toEqual({ stuck: 1, silenced: 0, overdue: 1, apart: 0 })
})
