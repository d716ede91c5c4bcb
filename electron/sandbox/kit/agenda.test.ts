import { expect, it } from 'vitest'
import { createAgenda } from './agenda.ts'
import { createRandom } from './random.ts'

it('hands out what is due, earliest first and in the order of entry at one instant', () => {
  const random = createRandom('agenda')
  const agenda = createAgenda<number>()
  const entries = Array.from({ length: 2_000 }, (_, place) => ({ atMs: random.integer(0, 200), place }))
  for (const { atMs, place } of entries) agenda.add(atMs, place)

  const taken: number[] = []
  for (const limitMs of [50, 120, 200])
    for (let due = agenda.takeDue(limitMs); due; due = agenda.takeDue(limitMs)) taken.push(due.item)

  const wanted = entries.sort((one, other) => one.atMs - other.atMs || one.place - other.place)
  expect(taken).toEqual(wanted.map(({ place }) => place))
  expect(agenda.nextAtMs()).toBe(Infinity)
})

it('keeps what is not due', () => {
  const agenda = createAgenda<string>()
  agenda.add(10, 'later')
  expect(agenda.takeDue(9)).toBeNull()
  expect(agenda.nextAtMs()).toBe(10)
  expect(agenda.takeDue(10)).toEqual({ atMs: 10, item: 'later' })
})
