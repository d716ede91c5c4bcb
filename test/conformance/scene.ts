import { upstreamOf } from '../../electron/upstreams/index.ts'
import type { Clock } from '../../electron/upstreams/kit/clock.ts'
import { seededRandom } from '../seededRandom.ts'
import { settableClock, type SettableClock } from '../settableClock.ts'
import { until } from '../until.ts'
import { Desk } from '../upstreamDesk.ts'
import type { FakeUpstream, SystemBench } from './systemBench.ts'

/** Chance of every scene, so that a run can be repeated. */
export const SEED = 7

/** What stands between the clock and the adapter; the controls break something here. */
export type Bend = (clock: SettableClock) => Clock

/** A fake upstream, a connection to it and a clock that the test sets. */
export interface Scene {
  fake: FakeUpstream
  desk: Desk
  clock: SettableClock
}

/** Everything that one test opened, and the way to close it again. */
export class Stage {
  readonly #bench: SystemBench
  readonly #closers: (() => Promise<void>)[] = []

  constructor(bench: SystemBench) {
    this.#bench = bench
  }

  /** To be closed at the end of the test. */
  keep<T extends { close: () => Promise<void> }>(opened: T): T {
    this.#closers.push(() => opened.close())
    return opened
  }

  /** A fake upstream and a connection that has been begun, through `url` when one is given. */
  async begin(
    options: {
      url?: string
      bend?: Bend
      random?: () => number
      prepare?: (fake: FakeUpstream) => void
    } = {},
  ): Promise<Scene> {
    const fake = this.keep(await this.#bench.serve())
    options.prepare?.(fake)
    const clock = settableClock()
    const { bend, random } = options
    const desk = await this.connect(options.url ?? fake.url, { clock, bend, random })
    return { fake, desk, clock }
  }

  /** A connection to any place. */
  async connect(
    url: string,
    more: { clock: SettableClock; bend?: Bend | undefined; random?: (() => number) | undefined },
  ): Promise<Desk> {
    const desk = new Desk()
    const { clock, bend, random = seededRandom(SEED) } = more
    desk.credential = this.#bench.credentialOf?.('first') ?? null
    this.keep({ close: () => ended(desk, clock) })
    await desk.connect(upstreamOf(this.#bench.system), {
      url,
      settings: this.#bench.settings,
      clock: bend?.(clock) ?? clock,
      random,
    })
    return desk
  }

  /** Says one good thing about intent `n`; where nothing is pushed, it is asked for too. */
  async say({ fake, desk }: Pick<Scene, 'fake' | 'desk'>, n: number): Promise<void> {
    fake.sayGood(n)
    const id = this.#bench.askedIdOf?.(n)
    if (id !== undefined) await desk.link?.reread(id)
  }

  /** Where nothing is pushed: asks for what was said, whether or not the answer is any good. */
  async ask({ desk }: Pick<Scene, 'desk'>): Promise<void> {
    if (this.#bench.askedIdOf !== undefined) await desk.link?.reread(this.#bench.id).catch(() => undefined)
  }

  /** Ends what is open, and lets the adapter notice: at once, or where nothing is pushed, by hearing no answer for too long. */
  async lose({ fake, desk, clock }: Scene): Promise<void> {
    const { length } = desk.lost
    const isAsked = this.#bench.askedIdOf !== undefined
    fake.isMute = isAsked
    if (isAsked) clock.advance(this.#bench.staleAfterMs)
    else fake.drop()
    await until('the loss', () => desk.lost.length === length + 1)
    fake.isMute = false
  }

  /** The same, once it hears the fake upstream. */
  async hearing(options: Parameters<Stage['begin']>[0] = {}): Promise<Scene> {
    const scene = await this.begin(options)
    await until('hearing', () => scene.desk.state() === 'live' && scene.desk.resumed.length === 1)
    return scene
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
  }
}

/** Ends a connection whose clock stands still: what it gives a moment to close gets that moment. */
export async function ended(desk: Desk, clock: SettableClock): Promise<void> {
  let isClosed = false
  const closed = desk.close().finally(() => (isClosed = true))
  await until('the end of the connection', () => {
    clock.advance(100)
    return isClosed
  })
  await closed
}

/** Lets a connection that is down begin its next attempt, and no more time pass than that takes. */
export async function tryAgain({ desk, clock }: Pick<Scene, 'desk' | 'clock'>): Promise<void> {
  const nextMs = await until('a planned attempt', () => desk.presences.at(-1)?.nextRetryAtMs)
  clock.advance(Math.max(1, nextMs - clock.nowMs()))
}

/** When each attempt that failed planned the next one. */
export function plannedMs(desk: Desk): number[] {
  return [...new Set(desk.presences.flatMap(({ nextRetryAtMs }) => nextRetryAtMs ?? []))]
}

/** Lets `forMs` pass for a connection that fails again and again, each attempt taking place. Answers how many there were. */
export async function attemptsWithin(
  { desk, clock }: Pick<Scene, 'desk' | 'clock'>,
  forMs: number,
  most = 1_000,
): Promise<number> {
  const endMs = clock.nowMs() + forMs
  for (let seen = 0; plannedMs(desk).length < most;) {
    const planned = await until('the end of an attempt', () => {
      const all = plannedMs(desk)
      return all.length > seen ? all : null
    })
    seen = planned.length
    const nextMs = planned.at(-1) ?? Infinity
    if (nextMs > endMs) break
    clock.advance(Math.max(1, nextMs - clock.nowMs()))
  }
  return plannedMs(desk).length
}
