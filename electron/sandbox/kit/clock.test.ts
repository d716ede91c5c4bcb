import { describe, expect, it } from 'vitest'
import { settableClock } from './clock.ts'

describe('the settable clock', () => {
  it('calls back in order, each at its own instant, those planned on the way too', () => {
    const clock = settableClock(1_000)
    const called: [string, number][] = []
    const note = (name: string) => (): void => void called.push([name, clock.nowMs()])
    clock.after(300, note('late'))
    clock.after(100, () => {
      note('early')()
      clock.after(100, note('planned on the way'))
    })
    clock.advanceBy(250)
    expect(called).toEqual([
      ['early', 1_100],
      ['planned on the way', 1_200],
    ])
    clock.advanceBy(50)
    expect(called.at(-1)).toEqual(['late', 1_300])
  })

  it('does not call what was called off', () => {
    const clock = settableClock(0)
    const callOff = clock.after(10, () => expect.unreachable())
    callOff()
    clock.advanceBy(100)
    expect(clock.nowMs()).toBe(100)
  })

  it('corrects the time of day without letting time pass', () => {
    const clock = settableClock(10_000)
    let calledAtMs = 0
    clock.after(100, () => {
      calledAtMs = clock.nowMs()
    })
    clock.setTo(3_600_000)
    expect([clock.nowMs(), calledAtMs]).toEqual([3_600_000, 0])
    clock.advanceBy(100)
    expect(calledAtMs).toBe(3_600_100)
  })
})
