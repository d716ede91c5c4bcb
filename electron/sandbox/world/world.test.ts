import { afterEach, describe, expect, it } from 'vitest'
import { settableClock } from '../kit/clock.ts'
import { timelockSecOf } from './chains.ts'
import { isOver } from './intent.ts'
import { startWorld, type World } from './world.ts'

const STARTED_AT_MS = 1_800_000_000_000
const MINUTE = 60_000
const worlds: World[] = []

afterEach(() => {
  for (const world of worlds.splice(0)) world.close()
})

/** One change as it was told, kept small: the intent itself goes on changing. */
interface Told {
  atMs: number
  serial: number
  id: string
  deeds: string
  kinds: string[]
  from: string | null
  to: string
}

interface Telling {
  world: World
  told: Told[]
  advanceBy: (durationMs: number) => void
}

function tell({ seed = 7, rate = 1 }: { seed?: number; rate?: number } = {}): Telling {
  const clock = settableClock(STARTED_AT_MS)
  const world = startWorld({ seed, rate, clock })
  worlds.push(world)
  const told: Told[] = []
  world.onChange(({ intent: { serial, id, stage }, atMs, deeds, before }) => {
    const kinds = deeds.map(({ kind }) => kind)
    told.push({
      atMs,
      serial,
      id,
      deeds: JSON.stringify(deeds),
      kinds,
      from: before?.stage ?? null,
      to: stage,
    })
  })
  return { world, told, advanceBy: clock.advanceBy }
}

describe('a seeded story', () => {
  it('is the same for the same seed, however the time is cut', () => {
    const [one, other] = [tell(), tell()]
    one.advanceBy(10 * MINUTE)
    for (let second = 0; second < 600; second++) other.advanceBy(1_000)
    expect(one.told.length).toBeGreaterThan(1_500)
    expect(other.told).toEqual(one.told)
    expect([...other.world.intents()].map(({ amount }) => amount)).toEqual(
      [...one.world.intents()].map(({ amount }) => amount),
    )
  })

  it('is another for another seed', () => {
    const [one, other] = [tell({ seed: 7 }).world, tell({ seed: 8 }).world]
    for (const { id } of one.intents()) expect(other.find(id)).toBeUndefined()
  })

  it('is the same story when it runs faster, with its times closer together', () => {
    const [slow, fast] = [tell({ rate: 1 }), tell({ rate: 100 })]
    slow.advanceBy(10 * MINUTE)
    fast.advanceBy(0.1 * MINUTE)
    const timeless = ({ told }: Telling): string[] => told.map(({ id, deeds }) => id + deeds)
    expect(timeless(fast)).toEqual(timeless(slow))
    const last = ({ told }: Telling): number => (told.at(-1)?.atMs ?? 0) - STARTED_AT_MS
    expect(Math.abs(last(slow) - 100 * last(fast))).toBeLessThanOrEqual(100)
  })

  it('has a past at the start: some 300 under way, in every stage', () => {
    const { world } = tell()
    const open = [...world.intents()].filter((intent) => !isOver(intent))
    expect(open.length).toBeGreaterThan(200)
    expect(open.length).toBeLessThan(400)
    for (const count of Object.values(world.tally())) expect(count).toBeGreaterThan(0)
    for (const { createdAtMs, updatedAtMs } of world.intents()) {
      expect(createdAtMs).toBeLessThanOrEqual(updatedAtMs)
      expect(updatedAtMs).toBeLessThanOrEqual(STARTED_AT_MS)
    }
  })

  it('tells 4 to 8 changes a second', () => {
    const { told, advanceBy } = tell()
    advanceBy(20 * MINUTE)
    const perSecond = told.length / (20 * 60)
    expect(perSecond).toBeGreaterThan(4)
    expect(perSecond).toBeLessThan(8)
  })

  it('stops when closed', () => {
    const { world, told, advanceBy } = tell()
    world.close()
    advanceBy(MINUTE)
    expect(told).toEqual([])
  })
})

describe('what happens in it', () => {
  const twoHours = tell({ seed: 11 })
  twoHours.advanceBy(120 * MINUTE)
  const { world, told } = twoHours

  it('gets stuck at each stage for longer than is normal', () => {
    const enteredAtMs = new Map<number, number>()
    const longest: Record<string, number> = {}
    for (const { serial, from, to, atMs } of told) {
      if (from === to) continue
      const sinceMs = enteredAtMs.get(serial)
      enteredAtMs.set(serial, atMs)
      if (from !== null && sinceMs !== undefined) longest[from] = Math.max(longest[from] ?? 0, atMs - sinceMs)
    }
    for (const stage of ['submitted', 'verified', 'matched', 'locking', 'executing'])
      expect(longest[stage], stage).toBeGreaterThan(10 * MINUTE)
  })

  it('fails before and after the source lock, and refunds only after the timelock', () => {
    const intents = [...world.intents()].filter(({ stage }) => stage === 'failed')
    expect(intents.some(({ locks }) => locks.source === null)).toBe(true)
    const locked = intents.filter(({ locks }) => locks.source !== null)
    const refunded = locked.filter(({ locks }) => locks.source?.spent?.by === 'refund')
    expect(refunded.length).toBeGreaterThan(0)
    expect(locked.length).toBeGreaterThan(refunded.length)
    for (const { locks } of refunded)
      expect(locks.source?.spent?.atMs).toBeGreaterThan(locks.source?.timelockAtMs ?? Infinity)
    for (const { error, failureReason } of intents) expect(error ?? failureReason).not.toBeNull()
  })

  it('removes, renames, goes back, and settles behind a shield', () => {
    const kinds = new Set(told.flatMap(({ kinds }) => kinds))
    expect(kinds).toEqual(new Set(['moved', 'proven', 'renamed', 'locked', 'spent', 'unlocked', 'removed']))
    expect(told.some(({ from, to }) => from === 'executing' && to === 'locking')).toBe(true)
    expect(told.some(({ to }) => to === 'settlingShielded')).toBe(true)
    const renamed = [...world.intents()].filter(({ id, clientId }) => id !== clientId)
    expect(renamed.length).toBeGreaterThan(10)
    for (const intent of renamed) {
      expect(intent.route.from.family).toBe('evm')
      expect(world.find(intent.clientId)).toBe(intent)
      expect(world.find(intent.id.toUpperCase().replace('0X', '0x'))).toBe(intent)
    }
  })

  it('locks for as long as the route policy says, the destination first to open', () => {
    for (const { route, locks } of world.intents()) {
      for (const side of ['source', 'destination'] as const) {
        const lock = locks[side]
        if (lock) expect(lock.timelockAtMs - lock.atMs).toBe(timelockSecOf(route, side) * 1_000)
      }
      if (locks.source && locks.destination)
        expect(locks.destination.timelockAtMs).toBeLessThan(locks.source.timelockAtMs)
    }
  })
})
