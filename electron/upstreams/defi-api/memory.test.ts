import { expect, it } from 'vitest'
import { ReadingMemory } from './memory.ts'
import { nextReadingAtMs } from './pace.ts'

const KIND = 'GET /v1/intents/:intent_id'

function reader(memory = new ReadingMemory()) {
  return (status: string, atMs: number, { text = status, kind = KIND } = {}) =>
    memory.read({ id: 'a', kind, status, text, atMs })
}

it('tells since when a word is read, and when another one was read last', () => {
  const read = reader()
  expect(read('Created', 1_000)).toMatchObject({ firstReadAtMs: 1_000, notBeforeMs: null })
  expect(read('Created', 2_000)).toMatchObject({ firstReadAtMs: 1_000, notBeforeMs: null })
  expect(read('Approved', 3_000)).toMatchObject({ firstReadAtMs: 3_000, notBeforeMs: 2_000 })
  expect(read('Approved', 4_000)).toMatchObject({ firstReadAtMs: 3_000, notBeforeMs: 2_000 })
  expect(read('Created', 5_000)).toMatchObject({ firstReadAtMs: 5_000, notBeforeMs: 4_000 })
})

it('takes an answer for news when it changes, and once a minute when it does not', () => {
  const read = reader()
  expect(read('Created', 0).isNews).toBe(true)
  expect(read('Created', 59_999).isNews).toBe(false)
  expect(read('Created', 60_000).isNews).toBe(true)
  expect(read('Created', 61_000, { text: 'more' }).isNews).toBe(true)
  expect(read('Created', 62_000, { kind: 'GET /v1/swaps' }).isNews).toBe(true)
})

it('goes on from what an earlier run heard', () => {
  const memory = new ReadingMemory()
  memory.heardBefore('a', 'Approved', 500)
  expect(reader(memory)('Approved', 1_000)).toMatchObject({ firstReadAtMs: 500 })
  expect(reader(memory)('Deposited', 2_000)).toMatchObject({ firstReadAtMs: 2_000, notBeforeMs: 1_000 })
})

it.each([
  ['Deposited', 0, 5_000],
  ['Deposited', 10 * 60_000, 30_000],
  ['Deposited', 24 * 60 * 60_000, 60_000],
  ['Teleported', 0, 5_000],
])('reads %s again, unmoved for %d ms, after %d ms', (status, unmovedMs, pauseMs) => {
  const plan = { nowMs: unmovedMs, sinceMs: 0, random: () => 0 }
  expect(nextReadingAtMs({ status, isOver: false }, plan)).toBe(unmovedMs + pauseMs)
})

it('reads one that failed with money in it once a minute, and one that is over never', () => {
  const plan = { nowMs: 0, sinceMs: 0, random: () => 0 }
  expect(nextReadingAtMs({ status: 'Failed', isOver: false }, plan)).toBe(60_000)
  expect(nextReadingAtMs({ status: 'Failed', isOver: true }, plan)).toBeNull()
})
