import { expect, test } from 'vitest'
import { ATTENTION } from '../../../shared/query/attention.ts'
import { NEWEST, scratchStore } from '../testing/scratch.ts'
import { tinyEvent } from '../testing/tinySystem.ts'

const NOW = 200_000

test('the counts of what needs a person are those of its lists, now and after each change', () => {
  using scratch = scratchStore()
  const { store } = scratch
  const listed = (query: string) => store.page({ query, sort: NEWEST, limit: 1, since: 0, nowMs: NOW }).total
  const agree = (): number[] => {
    const { stuck, endedAtRisk, contradicted } = store.counts(NOW)
    expect({ stuck, endedAtRisk, contradicted }).toEqual({
      stuck: listed(ATTENTION.overdue),
      endedAtRisk: listed(ATTENTION.endedAtRisk),
      contradicted: listed(ATTENTION.contradicted),
    })
    return [stuck, endedAtRisk]
  }
  expect(agree()).toEqual([0, 0])
  store.append([tinyEvent({ ids: ['0xaaaa0001'], status: 'waiting', atMs: 100_000 }, 100_001)])
  expect(agree()).toEqual([1, 0])
  store.append([tinyEvent({ ids: ['0xaaaa0002'], status: 'moving', atMs: 190_000 }, 190_001)])
  store.append([tinyEvent({ ids: ['0xaaaa0002'], status: 'broken', atMs: 195_000 }, 195_001)])
  expect(agree()).toEqual([1, 1])
})
