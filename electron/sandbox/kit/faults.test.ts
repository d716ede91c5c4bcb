import { describe, expect, it } from 'vitest'
import { settableClock } from './clock.ts'
import { createFaults, type Faults } from './faults.ts'

function board(): { faults: Faults; log: string[]; advanceBy: (durationMs: number) => void } {
  const log: string[] = []
  const clock = settableClock(0)
  const faults = createFaults(
    {
      sulk: {
        ...{ does: 'Sulks.', unit: 'seconds', usual: 5, most: 60 },
        begin: (seconds) => log.push(`sulk ${seconds}`),
        end: () => log.push('smile'),
      },
      shout: {
        does: 'Shouts.',
        unit: 'events',
        usual: 1,
        most: 9,
        begin: (count) => log.push(`shout ${count}`),
      },
    },
    clock,
  )
  return { faults, log, advanceBy: clock.advanceBy }
}

describe('faults as verbs', () => {
  it('ends by itself after its seconds', () => {
    const { faults, log, advanceBy } = board()
    faults.apply('sulk 10')
    expect(faults.running()).toEqual([{ verb: 'sulk', untilMs: 10_000 }])
    advanceBy(9_999)
    expect(log).toEqual(['sulk 10'])
    advanceBy(1)
    expect(log).toEqual(['sulk 10', 'smile'])
    expect(faults.running()).toEqual([])
  })

  it('takes its usual number when none is given', () => {
    const { faults, log } = board()
    faults.apply(' shout ')
    expect(log).toEqual(['shout 1'])
  })

  it('ends once when begun again or called off', () => {
    const { faults, log, advanceBy } = board()
    faults.apply('sulk 10')
    advanceBy(5_000)
    faults.apply('sulk 10')
    advanceBy(9_000)
    faults.apply('calm')
    advanceBy(60_000)
    expect(log).toEqual(['sulk 10', 'smile', 'sulk 10', 'smile'])
  })

  it.each([
    ['toString', /no fault; there are sulk, shout and calm/],
    ['', /no fault/],
    ['sulk 61', /0 to 60 seconds/],
    ['sulk -1', /0 to 60 seconds/],
    ['sulk soon', /0 to 60 seconds/],
    ['sulk 1 2', /one number/],
  ])('refuses "%s" in a sentence and does nothing', (line, sentence) => {
    const { faults, log } = board()
    expect(() => faults.apply(line)).toThrow(sentence)
    expect(log).toEqual([])
  })
})
