import { afterEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../electron/upstreams/kit/clock.ts'
import type { SettableClock } from '../settableClock.ts'
import { until } from '../until.ts'
import { childUpstream } from './childUpstream.ts'
import { Stage } from './scene.ts'
import type { SystemBench } from './systemBench.ts'
import { tcpProxy } from './tcpProxy.ts'

/** How an end falls silent while its connection stays open. */
interface Silent {
  url: string
  fallSilent: () => void
  recover: () => void
  close: () => Promise<void>
}

/** A peer that is there and not there: the connection is open, and nothing comes over it. */
export function silence(bench: SystemBench): void {
  const stage = new Stage(bench)
  afterEach(() => stage.close())

  async function behindProxy(): Promise<Silent> {
    const proxy = stage.keep(await tcpProxy(stage.keep(await bench.serve()).url))
    return { url: proxy.url, fallSilent: proxy.swallow, recover: proxy.pass, close: proxy.close }
  }

  async function inChild(): Promise<Silent> {
    const child = stage.keep(await childUpstream(bench.system))
    return { url: child.url, fallSilent: child.freeze, recover: child.thaw, close: child.close }
  }

  /** A connection without any watch on what it receives. */
  function unwatched(clock: SettableClock): Clock {
    const watches = new Set([bench.staleAfterMs, Math.round((bench.staleAfterMs * 2) / 3)])
    return {
      ...clock,
      after: (delayMs, callback) => (watches.has(delayMs) ? () => undefined : clock.after(delayMs, callback)),
    }
  }

  describe('silence', () => {
    it.each([
      ['a network that swallows everything', behindProxy],
      ['a server whose process is stopped', inChild],
    ])('is noticed within the declared time behind %s', async (_, begin) => {
      const peer = await begin()
      const { desk, clock } = await stage.hearing({ url: peer.url })
      const lastHeardMs = desk.presences.at(-1)?.lastReceivedAtMs ?? 0
      peer.fallSilent()
      clock.advance(bench.staleAfterMs - 1_000)
      expect(desk.state()).toBe('stale')
      expect(desk.lost).toEqual([])
      clock.advance(1_000)
      expect(desk.lost).toMatchObject([{ atMs: lastHeardMs }])
      peer.recover()
      await until('hearing again', () => {
        clock.advance(500)
        return desk.resumed.length === 2
      })
      expect(desk.state()).toBe('live')
    })

    it('control: without its watch on traffic the adapter believes the socket for ever', async () => {
      const peer = await behindProxy()
      const { desk, clock } = await stage.hearing({ url: peer.url, bend: unwatched })
      peer.fallSilent()
      clock.advance(10 * bench.staleAfterMs)
      expect(desk.state()).toBe('live')
      expect(desk.lost).toEqual([])
    })

    it('of an application that only pings is no silence', async () => {
      const { desk, clock } = await stage.hearing()
      for (let atMs = 0; atMs < 4 * bench.staleAfterMs; atMs += 5_000) {
        const before = desk.presences.at(-1)?.lastPongAtMs
        clock.advance(5_000)
        if (atMs % 15_000 === 10_000)
          await until('the answer', () => desk.presences.at(-1)?.lastPongAtMs !== before)
      }
      expect(desk.presences.map(({ state }) => state)).not.toContain('stale')
      expect(desk.lost).toEqual([])
    })
  })
}
