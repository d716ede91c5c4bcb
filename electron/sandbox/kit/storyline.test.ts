import { expect, it } from 'vitest'
import { settableClock, type SettableClock } from './clock.ts'
import { createStoryline, type Storyline } from './storyline.ts'

const STARTED_AT_MS = 1_800_000_000_000

function tenTimesFaster(): { clock: SettableClock; line: Storyline<string>; told: string[] } {
  const clock = settableClock(STARTED_AT_MS)
  const told: string[] = []
  const line = createStoryline<string>({ clock, rate: 10 }, (item, atMs) => {
    told.push(`${item} ${line.wallMs(atMs) - STARTED_AT_MS}`)
  })
  return { clock, line, told }
}

it('tells the past at the beginning and the rest in its time, which the rate divides', () => {
  const { clock, line, told } = tenTimesFaster()
  line.add(2_000, 'future')
  line.add(-3_000, 'past')
  line.begin()
  expect(told).toEqual(['past -300'])
  clock.advanceBy(199)
  expect([told.length, line.nowMs()]).toEqual([1, 1_990])
  clock.advanceBy(1)
  expect(told).toEqual(['past -300', 'future 200'])
})

it('tells what was added before the next thing once it is woken', () => {
  const { clock, line, told } = tenTimesFaster()
  line.add(5_000, 'late')
  line.begin()
  line.add(1_000, 'early')
  line.wake()
  clock.advanceBy(100)
  expect(told).toEqual(['early 100'])
})

it('is silent when it has nothing to tell, and after its close', () => {
  const { clock, line, told } = tenTimesFaster()
  line.begin()
  clock.advanceBy(1_000)
  line.add(20_000, 'never')
  line.wake()
  line.close()
  clock.advanceBy(10_000)
  expect(told).toEqual([])
})
