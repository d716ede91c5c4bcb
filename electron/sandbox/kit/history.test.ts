import { expect, it } from 'vitest'
import { createHistory } from './history.ts'

it('keeps the newest and counts all', () => {
  const history = createHistory(10)
  for (let place = 0; place < 95; place++) {
    history.offered({ atMs: place, room: 'r', event: 'e', payload: place, isGarbled: false })
    history.read({ atMs: place, route: 'GET /a', path: '/a', httpStatus: 200 })
  }
  expect(history.eventCount).toBe(95)
  expect(history.events.length).toBeGreaterThanOrEqual(10)
  expect(history.events.length).toBeLessThan(20)
  expect(history.events.at(-1)).toMatchObject({ index: 94, payload: 94 })
  expect(history.events[0]?.index).toBe(95 - history.events.length)
  expect(history.readingCount('GET /a')).toBe(95)
  expect(history.readingCount('GET /b')).toBe(0)
})
