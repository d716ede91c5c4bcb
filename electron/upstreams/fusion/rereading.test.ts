import { describe, expect, it } from 'vitest'
import { settableClock, type SettableClock } from '../../../test/settableClock.ts'
import { until } from '../../../test/until.ts'
import type { TrackedIntent } from '../upstream.ts'
import type { IntentAnswer, Reader } from './reader.ts'
import { repair, sweep, type Rereading } from './rereading.ts'

function tracked(id: string, lastHeardAtMs = 0): TrackedIntent {
  return { id, aliases: [{ kind: 'intentId', value: id }], status: 'matched', lastHeardAtMs }
}

interface Scene {
  clock: SettableClock
  parts: Rereading
  asked: { id: string; atMs: number }[]
  stop: AbortController
}

function scene(
  intents: TrackedIntent[],
  answer: (id: string, clock: SettableClock) => Promise<IntentAnswer>,
): Scene {
  const clock = settableClock()
  const asked: { id: string; atMs: number }[] = []
  const stop = new AbortController()
  let pausedUntilMs = 0
  const reader: Pick<Reader, 'intent' | 'pausedUntilMs'> = {
    intent: (id) => {
      asked.push({ id, atMs: clock.nowMs() })
      return answer(id, clock).catch((error: unknown) => {
        if (error instanceof Error && error.message === 'pause') pausedUntilMs = clock.nowMs() + 20_000
        throw error
      })
    },
    pausedUntilMs: () => pausedUntilMs,
  }
  const site = { clock, openIntents: page(intents) }
  return {
    clock,
    asked,
    stop,
    parts: { site, reader: reader as Reader, answered: () => undefined, signal: stop.signal },
  }
}

/** Pages as the store gives them: those after a cursor, so many. */
function page(intents: TrackedIntent[]): Rereading['site']['openIntents'] {
  return (after, limit) => {
    const from = after === null ? 0 : intents.findIndex(({ id }) => id === after) + 1
    return Promise.resolve(intents.slice(from, from + limit))
  }
}

const found = (): Promise<IntentAnswer> => Promise.resolve({ isFound: true, status: 'matched' })

/** Lets everything that waits for promises only come to rest. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

describe('repair', () => {
  it('reads every page, and what is watched once', async () => {
    const ids = Array.from({ length: 450 }, (_, at) => `id-${at}`)
    const { parts, asked } = scene(
      ids.map((id) => tracked(id)),
      found,
    )
    const told: unknown[] = []
    const gap = { fromMs: 0, untilMs: 1, repaired: (outcome: unknown) => told.push(outcome) }
    await drained(parts, repair(parts, ['ID-7', 'elsewhere'], [gap]))
    expect(told).toEqual([{ readCount: 451, failedCount: 0 }])
    expect(new Set(asked.map(({ id }) => id.toLowerCase())).size).toBe(451)
    expect(asked).toHaveLength(451)
  })

  it('reads only what is watched where there was no gap', async () => {
    const { parts, asked } = scene([tracked('open')], found)
    await drained(parts, repair(parts, ['watched'], []))
    expect(asked.map(({ id }) => id)).toEqual(['watched'])
  })

  it('waits out a pause and asks the same again', async () => {
    let isPaused = true
    const { parts, asked, clock } = scene([tracked('one')], () => {
      if (!isPaused) return found()
      isPaused = false
      return Promise.reject(new Error('pause'))
    })
    const told: unknown[] = []
    const gap = { fromMs: 0, untilMs: 1, repaired: (outcome: unknown) => told.push(outcome) }
    await drained(parts, repair(parts, [], [gap]))
    expect(told).toEqual([{ readCount: 1, failedCount: 0 }])
    expect(asked).toHaveLength(2)
    expect(asked[1]?.atMs).toBeGreaterThanOrEqual((asked[0]?.atMs ?? 0) + 20_000)
    expect(clock.pending()).toBe(0)
  })

  it('leaves the gap to the next repair when the link drops meanwhile', async () => {
    const { parts, stop } = scene([tracked('one'), tracked('two')], () => {
      stop.abort()
      return Promise.reject(new Error('dropped'))
    })
    const told: unknown[] = []
    const gaps = [{ fromMs: 0, untilMs: 1, repaired: (outcome: unknown) => told.push(outcome) }]
    await repair(parts, [], gaps)
    expect(told).toEqual([])
    expect(gaps).toHaveLength(1)
  })
})

describe('sweep', () => {
  it('reads what has been silent for five minutes, one every two seconds, and nothing else', async () => {
    const clockStartMs = settableClock().nowMs()
    const intents = [tracked('silent'), tracked('loud', clockStartMs), tracked('quiet')]
    const { parts, asked, clock, stop } = scene(intents, found)
    const sweeping = sweep(parts)
    for (let second = 0; second < 40; second += 1) {
      clock.advance(1_000)
      await rest()
    }
    expect(asked.map(({ id }) => id)).toEqual(['silent', 'quiet'])
    expect((asked[1]?.atMs ?? 0) - (asked[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(2_000)
    stop.abort()
    await sweeping
    expect(clock.pending()).toBe(0)
  })
})

/** Runs work to its end while its clock moves on. */
async function drained(parts: Rereading, work: Promise<void>): Promise<void> {
  let isDone = false
  const done = work.finally(() => (isDone = true))
  await until('the end of the work', async () => {
    for (let step = 0; step < 20 && !isDone; step += 1) {
      ;(parts.site.clock as SettableClock).advance(1_000)
      await rest()
    }
    return isDone
  })
  await done
}
