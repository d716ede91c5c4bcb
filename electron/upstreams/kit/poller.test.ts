import { afterEach, describe, expect, it } from 'vitest'
import { settableClock, type SettableClock } from '../../../test/settableClock.ts'
import { longestDelayMs } from './backoff.ts'
import { Poller } from './poller.ts'

const START_MS = 1_795_269_600_000

/** One reading under way, ended by the test. */
interface Reading {
  id: string
  atMs: number
  signal: AbortSignal
  /** Ends it: when it wants to be read next. */
  answer: (nextAtMs: number | null) => Promise<void>
  fail: () => Promise<void>
}

interface Scene {
  clock: SettableClock
  poller: Poller
  readings: Reading[]
  troubles: { id: string; nextAtMs: number }[]
  /** The newest reading. */
  last: () => Reading
}

const pollers: Poller[] = []

afterEach(async () => {
  for (const poller of pollers.splice(0)) await poller.stop()
})

async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve()
}

function begin({ atOnce = 2, random = 1 } = {}): Scene {
  const clock = settableClock(START_MS)
  const readings: Reading[] = []
  const troubles: Scene['troubles'] = []
  const poller = new Poller({
    clock,
    random: () => random,
    atOnce,
    onTrouble: (id, _, nextAtMs) => troubles.push({ id, nextAtMs }),
    read: (id, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'))
        })
        readings.push({
          id,
          atMs: clock.nowMs(),
          signal,
          answer: (nextAtMs) => {
            resolve(nextAtMs)
            return settled()
          },
          fail: () => {
            reject(new Error('no'))
            return settled()
          },
        })
      }),
  })
  pollers.push(poller)
  const last = (): Reading => {
    const found = readings.at(-1)
    if (found === undefined) throw new Error('nothing was read')
    return found
  }
  return { clock, poller, readings, troubles, last }
}

describe('planned readings', () => {
  it('happen now, then when the last answer said, until one says that it is over', async () => {
    const { clock, poller, readings, last } = begin()
    poller.add('a')
    await last().answer(clock.nowMs() + 1_500)
    clock.advance(1_499)
    expect(readings).toHaveLength(1)
    clock.advance(1)
    expect(readings.map(({ atMs }) => atMs - START_MS)).toEqual([0, 1_500])
    expect(poller.ids()).toEqual(['a'])
    await last().answer(null)
    expect(poller.ids()).toEqual([])
    expect(clock.pending()).toBe(0)
  })

  it('happen first when asked for, and end when removed', async () => {
    const { clock, poller, readings } = begin()
    poller.add('a', START_MS + 5_000)
    poller.add('b', START_MS + 5_000)
    poller.remove('b')
    clock.advance(10_000)
    await settled()
    expect(readings.map(({ id, atMs }) => [id, atMs - START_MS])).toEqual([['a', 5_000]])
  })

  it('are never more than allowed at once, the longest waiting first', async () => {
    const { poller, readings } = begin({ atOnce: 2 })
    for (const id of ['a', 'b', 'c', 'd']) poller.add(id)
    expect(readings.map(({ id }) => id)).toEqual(['a', 'b'])
    await readings[1]?.answer(null)
    expect(readings.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('do not hurry however an answer asks for it', async () => {
    const { clock, poller, readings, last } = begin()
    poller.add('a')
    await last().answer(clock.nowMs() - 60_000)
    clock.advance(249)
    expect(readings).toHaveLength(1)
    clock.advance(1)
    expect(readings).toHaveLength(2)
  })

  it('neither burst nor fall silent when the clock is set', async () => {
    const { clock, poller, readings } = begin({ atOnce: 50 })
    for (let n = 0; n < 50; n += 1) poller.add(`${n}`, START_MS + 10_000)
    for (const byMs of [86_400_000, -86_400_000]) {
      clock.set(clock.nowMs() + byMs)
      clock.advance(4_000)
      expect(readings).toEqual([])
    }
    clock.advance(2_000)
    await settled()
    expect(readings).toHaveLength(50)
  })

  it('wait for the end of a pause, all of them', () => {
    const { clock, poller, readings } = begin()
    poller.pauseUntil(START_MS + 30_000)
    poller.add('a')
    poller.add('b', START_MS + 10_000)
    clock.advance(29_999)
    expect(readings).toEqual([])
    clock.advance(1)
    expect(readings).toHaveLength(2)
  })

  it('come again after growing delays while they fail, and at their own pace after a good one', async () => {
    const { clock, poller, readings, troubles, last } = begin()
    poller.add('a')
    for (const attempt of [1, 2, 3, 4, 5, 6, 7]) {
      await last().fail()
      expect(troubles.at(-1)).toEqual({ id: 'a', nextAtMs: clock.nowMs() + longestDelayMs(attempt) })
      clock.advance(longestDelayMs(attempt))
      expect(readings).toHaveLength(attempt + 1)
    }
    await last().answer(clock.nowMs() + 1_000)
    clock.advance(1_000)
    await last().fail()
    expect(troubles.at(-1)?.nextAtMs).toBe(clock.nowMs() + longestDelayMs(1))
  })
})

describe('a reading that somebody waits for', () => {
  it('goes before the planned ones, and joins the one under way', async () => {
    const { poller, readings } = begin({ atOnce: 1 })
    for (const id of ['a', 'b', 'c']) poller.add(id)
    const asked = [poller.readNow('c'), poller.readNow('c'), poller.readNow('a')]
    await readings[0]?.answer(null)
    expect(readings.map(({ id }) => id)).toEqual(['a', 'c'])
    await readings[1]?.answer(null)
    await Promise.all(asked)
    expect(readings.map(({ id }) => id)).toEqual(['a', 'c', 'b'])
  })

  it('fails as the reading does, and does not make an id followed', async () => {
    const { clock, poller, last } = begin()
    const asked = poller.readNow('x')
    const failed = expect(asked).rejects.toThrow('no')
    await last().fail()
    await failed
    const again = poller.readNow('x')
    await last().answer(clock.nowMs() + 1_000)
    await again
    expect(poller.ids()).toEqual([])
    expect(clock.pending()).toBe(0)
  })

  it('is not held up by a pause', () => {
    const { poller, readings } = begin()
    poller.pauseUntil(START_MS + 30_000)
    void poller.readNow('a').catch(() => undefined)
    expect(readings).toHaveLength(1)
  })
})

describe('one id', () => {
  it('is never read twice at once, whatever is asked for meanwhile', async () => {
    const { clock, poller, readings } = begin({ atOnce: 10 })
    poller.add('a')
    poller.add('a')
    poller.remove('a')
    poller.add('a')
    void poller.readNow('a')
    clock.advance(60_000)
    expect(readings).toHaveLength(1)
    await readings[0]?.answer(clock.nowMs() + 1_000)
    expect(poller.ids()).toEqual(['a'])
    clock.advance(1_000)
    expect(readings).toHaveLength(2)
  })
})

describe('the end', () => {
  it('leaves no timer and no reading, and tells those who wait', async () => {
    const { clock, poller, readings, troubles } = begin({ atOnce: 1 })
    poller.add('a')
    poller.add('b', START_MS + 5_000)
    poller.pauseUntil(START_MS + 60_000)
    const waiting = [poller.readNow('a'), poller.readNow('c')]
    const outcomes = Promise.allSettled(waiting)
    await poller.stop()
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(poller.readNow('a')).rejects.toMatchObject({ code: 'cancelled' })
    poller.add('d')
    expect(clock.pending()).toBe(0)
    clock.advance(600_000)
    expect(readings).toHaveLength(1)
    expect(readings[0]?.signal.aborted).toBe(true)
    expect(troubles).toEqual([])
  })
})
