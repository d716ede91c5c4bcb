import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../until.ts'
import { ended, Stage, tryAgain } from './scene.ts'
import type { SystemBench } from './systemBench.ts'

const SECRET = `0x${'c0ffee11'.repeat(8)}`

/** How often one that is only asked is asked while it tells a secret: in another place each time. */
const SECRET_PLACES = 8

/** What a connection hears, loses and leaves behind. */
export function hearing(bench: SystemBench): void {
  const stage = new Stage(bench)
  afterEach(() => stage.close())

  describe('hearing', () => {
    it('connects, is live, and hands on what it hears', async () => {
      const scene = await stage.hearing()
      const { desk } = scene
      await stage.say(scene, 1)
      await until('the event', () => desk.events.some((event) => bench.isGood(event, 1)))
      expect(desk.presences.at(-1)).toMatchObject({ state: 'live', reason: '', tip: '', nextRetryAtMs: null })
      expect(desk.lost).toEqual([])
    })

    it('says since when it heard nothing and from when it hears again, and what lies between stays unheard', async () => {
      const scene = await stage.hearing()
      const { fake, desk, clock } = scene
      await stage.say(scene, 1)
      await until('the first', () => desk.events.some((event) => bench.isGood(event, 1)))
      const heardAtMs = clock.nowMs()
      clock.advance(3_000)
      await stage.lose(scene)
      fake.sayGood(2)
      await tryAgain({ desk, clock })
      await until('hearing again', () => desk.resumed.length === 2)
      await stage.say(scene, 3)
      await until('the third', () => desk.events.some((event) => bench.isGood(event, 3)))

      expect(desk.lost).toHaveLength(1)
      expect(desk.lost[0]?.reason).not.toBe('')
      expect(desk.lost[0]?.atMs).toBeGreaterThanOrEqual(heardAtMs)
      expect(desk.lost[0]?.atMs).toBeLessThanOrEqual(heardAtMs + 3_000)
      expect(desk.resumed[1]?.atMs).toBe(clock.nowMs())
      expect(desk.events.some((event) => bench.isGood(event, 2))).toBe(false)
    })

    it('keeps an unreadable message as damage, and the good ones around it, on one connection', async () => {
      const scene = await stage.hearing()
      const { fake, desk } = scene
      for (let n = 1; n <= 20; n += 1) {
        fake.sayBroken()
        await stage.ask(scene)
        await stage.say(scene, n)
      }
      await until('the last', () => desk.events.some((event) => bench.isGood(event, 20)))
      for (let n = 1; n <= 20; n += 1) expect(desk.events.some((event) => bench.isGood(event, n))).toBe(true)
      const damaged = desk.events.filter(({ damage }) => damage !== undefined)
      expect(damaged).toHaveLength(20)
      expect(damaged.every(({ damage }) => damage?.path !== '' && damage?.reason !== '')).toBe(true)
      expect(desk.lost).toEqual([])
      expect(fake.handshakes()).toBe(1)
    })

    it('survives bytes of no protocol and a message beyond all bounds: a loss or a failed reading, then hearing again', async () => {
      const scene = await stage.hearing()
      const { fake, desk, clock } = scene
      const strikes = [
        () => {
          fake.sayGarbage()
        },
        () => {
          fake.sayHuge(40 * 2 ** 20)
        },
      ]
      for (const [at, strike] of strikes.entries()) {
        strike()
        if (bench.askedIdOf !== undefined) {
          await expect(desk.link?.reread(bench.id)).rejects.toMatchObject({ code: 'upstream' })
          continue
        }
        await until('the loss', () => desk.lost.length === at + 1)
        await tryAgain({ desk, clock })
        await until('hearing again', () => desk.resumed.length === at + 2)
      }
      await stage.say(scene, 1)
      await until('the event', () => desk.events.some((event) => bench.isGood(event, 1)))
    })

    it('never hands on a secret, wherever it is told', async () => {
      const scene = await stage.hearing()
      const { fake, desk } = scene
      const before = desk.events.length
      fake.saySecret(SECRET)
      for (let time = 0; time < SECRET_PLACES; time += 1) await stage.ask(scene)
      await stage.say(scene, 1)
      await until('what came after', () => desk.events.some((event) => bench.isGood(event, 1)))
      expect(desk.events.length).toBeGreaterThan(before + 1)
      const told = JSON.stringify([desk.events, desk.presences, desk.lost]).toLowerCase()
      expect(told).not.toContain('c0ffee11')
      expect(told).toContain('redacted:')
    })
  })

  describe('the end', () => {
    it('leaves no timer, socket, listener or word behind, whatever it was doing', async () => {
      const situations = [
        { isUp: true, prepare: () => undefined },
        {
          isUp: false,
          prepare: (fake: { refuse: () => void }) => {
            fake.refuse()
          },
        },
      ]
      for (const { isUp, prepare } of situations) {
        const { fake, desk, clock } = await (isUp ? stage.hearing({ prepare }) : stage.begin({ prepare }))
        await until('an outcome', () => desk.presences.some(({ state }) => state !== 'connecting'))
        await ended(desk, clock)
        const told = desk.presences.length
        expect(desk.state()).toBe('stopped')
        expect(clock.pending()).toBe(0)
        expect(getEventListeners(desk.stop.signal, 'abort')).toEqual([])
        await until('the server to see it', () => fake.openSockets() === 0)
        desk.link?.reconnectNow()
        clock.advance(600_000)
        expect(desk.presences).toHaveLength(told)
        expect(fake.handshakes()).toBe(1)
      }
    })
  })
}
