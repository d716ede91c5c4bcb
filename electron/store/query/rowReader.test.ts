import { expect, test } from 'vitest'
import type { LocalStore } from '../localStore.ts'
import { NEWEST, scratchStore } from '../testing/scratch.ts'
import { consoleSays, tinyEvent } from '../testing/tinySystem.ts'

const WAITING = { ids: ['0xaaaa0001'], status: 'waiting', atMs: 100_000 }
const DONE = { ids: ['0xbbbb0002'], status: 'done', atMs: 90_000 }

function rows(store: LocalStore, nowMs = 150_000) {
  return store.page({ query: '', sort: NEWEST, limit: 10, since: 0, nowMs }).rows
}

test('a row that changed is read again, one that did not is the very same', () => {
  using scratch = scratchStore()
  scratch.store.append([tinyEvent(DONE, 90_001), tinyEvent(WAITING, 100_001)])
  const before = rows(scratch.store)
  scratch.store.append([tinyEvent({ ...WAITING, status: 'moving', atMs: 110_000 }, 110_001)])
  const after = rows(scratch.store)
  expect(after.map(({ mainId, status }) => [mainId, status])).toEqual([
    ['0xaaaa0001', 'moving'],
    ['0xbbbb0002', 'done'],
  ])
  expect(after[1]).toBe(before[1])
})

test('a gap shows on the rows it touches although their intents did not change, and goes when it was none', () => {
  using scratch = scratchStore()
  scratch.store.append([tinyEvent(DONE, 90_001), tinyEvent(WAITING, 100_001)])
  const gaps = () => rows(scratch.store).map(({ hasGap }) => hasGap)
  expect(gaps()).toEqual([false, false])
  scratch.store.append([consoleSays('gapOpened', { fromMs: 120_000, reason: 'cut' }, 120_000)])
  expect(gaps()).toEqual([true, false])
  scratch.store.append([
    consoleSays('gapClosed', { fromMs: 120_000, untilMs: 130_000, isRecovered: true }, 130_000),
  ])
  expect(gaps()).toEqual([false, false])
})

test('rows are those of the disk after a rebuild too', () => {
  using scratch = scratchStore()
  scratch.store.append([tinyEvent(DONE, 90_001), tinyEvent(WAITING, 100_001)])
  const plain = () => rows(scratch.store).map((row) => ({ ...row, version: 0 }))
  const before = plain()
  scratch.store.rebuild()
  expect(plain()).toEqual(before)
})

test('what is stuck follows the hour in both directions, and every change', () => {
  using scratch = scratchStore()
  const { store } = scratch
  store.append([
    tinyEvent(WAITING, 100_001),
    tinyEvent({ ...WAITING, ids: ['0xcccc0003'], atMs: 105_000 }, 105_001),
  ])
  const stuck = (nowMs: number) => store.counts(nowMs).stuck
  const hours = [159_999, 160_000, 164_999, 165_000, 160_000, 159_999, 170_000]
  expect(hours.map(stuck)).toEqual([0, 1, 1, 2, 1, 0, 2])
  store.append([tinyEvent({ ...WAITING, status: 'done', atMs: 170_000 }, 170_001)])
  expect(stuck(170_001)).toBe(1)
})
