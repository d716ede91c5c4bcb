import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../electron/upstreams/kit/clock.ts'
import { seededRandom } from '../seededRandom.ts'
import { settableClock, type SettableClock } from '../settableClock.ts'
import { until } from '../until.ts'
import { attemptsWithin, plannedMs, SEED, Stage, tryAgain } from './scene.ts'
import type { FakeUpstream, SystemBench } from './systemBench.ts'

const MINUTE_MS = 60_000

/** Health that takes this long lets the delays begin anew. */
const HEALTHY_AFTER_MS = 30_000

/** How many attempts the formula allows: full jitter between half a second and 1 s doubled per attempt, at most 30 s. */
function allowedWithin(forMs: number): number {
  const random = seededRandom(SEED)
  let count = 0
  for (let atMs = 0; atMs <= forMs;) {
    count += 1
    const mostMs = Math.min(30_000, 1_000 * 2 ** (count - 1))
    atMs += Math.round(500 + random() * (mostMs - 500))
  }
  return count
}

/** A connection that takes every connect for health. */
function hasty(clock: SettableClock): Clock {
  const after: Clock['after'] = (delayMs, callback) => {
    if (delayMs !== HEALTHY_AFTER_MS) return clock.after(delayMs, callback)
    callback()
    return () => undefined
  }
  return { ...clock, after }
}

/** Ends that cannot be connected to, again and again. */
export function storms(bench: SystemBench): void {
  const stage = new Stage(bench)
  const another = (name: string): string => bench.credentialOf?.(name) ?? name
  afterEach(() => stage.close())

  const troubles: [string, (fake: FakeUpstream) => void][] = [
    [
      'sends garbage right after connect',
      (fake) => {
        fake.welcome = 'garbage'
      },
    ],
    [
      'accepts and then closes',
      (fake) => {
        fake.welcome = 'end'
      },
    ],
    [
      'answers the handshake with HTTP 500',
      (fake) => {
        fake.answerHandshake = 'HTTP/1.1 500 Broken\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'
      },
    ],
  ]

  describe('storms', () => {
    it.each(troubles)(
      'a server that %s is tried no more often than the back-off allows',
      async (_, prepare) => {
        const scene = await stage.begin({ prepare })
        const attempts = await attemptsWithin(scene, MINUTE_MS)
        expect(attempts).toBe(allowedWithin(MINUTE_MS))
        expect(scene.fake.handshakes()).toBe(attempts)
      },
    )

    it('nor is a place where nothing listens', async () => {
      const nobody = createServer()
      await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve))
      const { port } = nobody.address() as { port: number }
      await new Promise((resolve) => nobody.close(resolve))
      const clock = settableClock()
      const desk = await stage.connect(`http://127.0.0.1:${port}`, { clock })
      expect(await attemptsWithin({ desk, clock }, MINUTE_MS)).toBe(allowedWithin(MINUTE_MS))
    })

    it('control: an adapter that takes a connect for health, or never waits longer than at first, storms', async () => {
      const prepare = (fake: FakeUpstream): void => {
        fake.welcome = 'garbage'
      }
      // Where nothing is pushed the garbage is the answer to the first question, so that there is no connect to believe in.
      const broken = bench.askedIdOf === undefined ? { bend: hasty } : { random: () => 0 }
      const scene = await stage.begin({ prepare, ...broken })
      const allowed = allowedWithin(MINUTE_MS)
      expect(await attemptsWithin(scene, MINUTE_MS, 3 * allowed)).toBeGreaterThan(2 * allowed)
    })

    it('the count begins anew after 30 s of health and not before', async () => {
      const scene = await stage.hearing()
      const { fake, desk, clock } = scene
      const dropAfter = async (healthyMs: number): Promise<number | undefined> => {
        const { length } = desk.lost
        clock.advance(healthyMs)
        // Where nothing is pushed only a refusal is noticed at once.
        if (bench.askedIdOf === undefined) fake.drop()
        else fake.refuse()
        await stage.ask(scene)
        await until('the loss', () => desk.lost.length === length + 1)
        const attempt = desk.presences.at(-1)?.attempt
        fake.admit()
        desk.credential = another(`number ${length}`)
        if (bench.askedIdOf === undefined) await tryAgain({ desk, clock })
        else desk.link?.reconnectNow()
        await until('hearing again', () => desk.resumed.length === length + 2)
        return attempt
      }
      expect(await dropAfter(HEALTHY_AFTER_MS - 10_000)).toBe(1)
      expect(await dropAfter(HEALTHY_AFTER_MS - 1)).toBe(2)
      expect(await dropAfter(HEALTHY_AFTER_MS)).toBe(0)
    })
  })

  describe('a refusal for lack of a credential', () => {
    it('in the middle is one loss and one state, tried once and never hammered, and mends without a restart', async () => {
      const scene = await stage.hearing()
      const { fake, desk, clock } = scene
      const other = await stage.hearing()
      fake.refuse()
      await stage.ask(scene)
      await until('the loss', () => desk.lost.length === 1)
      if (desk.state() !== 'needs-credentials') await tryAgain({ desk, clock })
      await until('the refusal', () => desk.state() === 'needs-credentials')
      const before = fake.handshakes()
      clock.advance(4 * MINUTE_MS)
      expect(fake.handshakes()).toBe(before)
      const states = desk.presences.map(({ state }) => state)
      expect(
        states.filter((state, at) => state === 'needs-credentials' && states[at - 1] !== state),
      ).toHaveLength(1)
      expect(desk.presences.at(-1)?.reason).not.toBe('')
      expect(desk.presences.at(-1)?.tip).not.toBe('')
      expect(other.desk.state()).toBe('live')

      fake.admit()
      desk.credential = another('another')
      desk.link?.reconnectNow()
      await until('hearing again', () => desk.resumed.length === 2)
      await stage.say(scene, 1)
      await until('the event', () => desk.events.some((event) => bench.isGood(event, 1)))
    })
  })

  describe('a handshake that asks for patience', () => {
    it.each([429, 503])('HTTP %d with Retry-After is obeyed, and by no other way round', async (status) => {
      const text = `HTTP/1.1 ${status} Later\r\nretry-after: 120\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`
      const { fake, desk, clock } = await stage.begin({
        prepare: (prepared) => {
          prepared.answerHandshake = text
        },
      })
      await until('the refusal', () => desk.state() === 'retrying' && plannedMs(desk).length === 1)
      expect(plannedMs(desk)[0]).toBeGreaterThanOrEqual(clock.nowMs() + 120_000)
      expect(fake.handshakes()).toBe(1)
    })
  })
}
