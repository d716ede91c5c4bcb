import { randomUUID } from 'node:crypto'
import { Failure } from '../../shared/api/failure.ts'
import type { TestStep } from '../../shared/api/presence.ts'
import { systemClock, type Clock } from '../upstreams/kit/clock.ts'
import type { Connection } from './connection.ts'
import { openFeed, type Feed } from './feeds.ts'
import type { InBackground } from './logger.ts'

/** How long the steps of a finished test can still be read: as long as a person may look at them. */
const KEPT_MS = 10 * 60_000
/** A test that has not ended by itself is ended: four times what one may take. */
const LIMIT_MS = 60_000
/** Steps come seconds apart; this only keeps a burst of them in one answer. */
const PACE_MS = 16

interface RunningTest {
  connection: string
  steps: TestStep[]
  /** Null while it runs. */
  doneAtMs: number | null
  isCancelled: boolean
  /** Readers that wait for its next step. */
  readerCount: number
  feed: Feed
  end: AbortController
}

/** Tests of connections, each on a link of its own, read step by step. */
export class ConnectionTests {
  readonly #clock: Clock
  readonly #inBackground: InBackground
  readonly #tests = new Map<string, RunningTest>()

  constructor(options: { clock: Clock; inBackground: InBackground }) {
    this.#clock = options.clock
    this.#inBackground = options.inBackground
  }

  /** Starts a test and answers its name; a connection whose test is under way answers that one's. */
  start(connection: Connection): string {
    this.#forget()
    for (const [name, test] of this.#tests) {
      if (test.connection === connection.id && test.doneAtMs === null) return name
    }
    const name = randomUUID()
    const test: RunningTest = {
      connection: connection.id,
      steps: [],
      doneAtMs: null,
      isCancelled: false,
      readerCount: 0,
      feed: openFeed({ after: systemClock.after, paceMs: PACE_MS, version: 0 }),
      end: new AbortController(),
    }
    this.#tests.set(name, test)
    this.#inBackground(`Testing ${connection.id}`, this.#run(connection, test))
    return name
  }

  /**
   * Steps of a test so far, once there is news after `since`; fails with `not-found` for one long over. A test whose last
   * reader goes away is cancelled: nobody is left to be told.
   */
  async next(ask: {
    test: string
    since: number
    waitMs: number
    signal?: AbortSignal | undefined
  }): Promise<{
    steps: TestStep[]
    version: number
    isDone: boolean
    isCancelled: boolean
  }> {
    this.#forget()
    const test = this.#tests.get(ask.test)
    if (test === undefined) {
      throw new Failure('not-found', 'This test is over and forgotten.', { tip: 'Start it again.' })
    }
    if (test.doneAtMs === null) {
      test.readerCount += 1
      await test.feed.next(ask)
      test.readerCount -= 1
      if (ask.signal?.aborted === true && test.readerCount === 0) this.cancel(ask.test)
    }
    const { steps, feed, isCancelled } = test
    return { steps: [...steps], version: feed.version(), isDone: test.doneAtMs !== null, isCancelled }
  }

  /** Ends a test that is under way and answers whether it was; what it found so far can still be read. */
  cancel(name: string): boolean {
    const test = this.#tests.get(name)
    if (test === undefined || test.doneAtMs !== null) return false
    test.isCancelled = true
    test.steps = test.steps.map((step) => (step.state === 'running' ? { ...step, state: 'skipped' } : step))
    this.#finish(test)
    return true
  }

  /** Ends all of them. */
  close(): void {
    for (const { end, feed } of this.#tests.values()) {
      end.abort()
      feed.close()
    }
    this.#tests.clear()
  }

  async #run(connection: Connection, test: RunningTest): Promise<void> {
    const callOff = this.#clock.after(LIMIT_MS, () => {
      test.end.abort()
    })
    try {
      const upstream = await connection.upstream.load()
      for await (const step of upstream.test(connection.testSite(test.end.signal))) {
        if (test.isCancelled) return
        tell(test, { ...step, text: connection.withoutCredential(step.text) })
      }
    } catch (reason) {
      // Whatever a test was doing when it was called off may fail at that.
      if (test.isCancelled) return
      const text =
        reason instanceof Failure ? `${reason.message} ${reason.tip}`.trim() : 'The test itself broke off.'
      tell(test, { name: 'test', state: 'failed', text, tookMs: null })
      if (!(reason instanceof Failure)) throw reason
    } finally {
      callOff()
      this.#finish(test)
    }
  }

  #finish(test: RunningTest): void {
    test.end.abort()
    test.doneAtMs ??= this.#clock.nowMs()
    test.feed.raise(test.feed.version() + 1)
  }

  #forget(): void {
    const fromMs = this.#clock.nowMs() - KEPT_MS
    for (const [name, { doneAtMs }] of this.#tests) {
      if (doneAtMs !== null && doneAtMs < fromMs) this.#tests.delete(name)
    }
  }
}

/** The newest word on a step replaces the one before. */
function tell(test: RunningTest, step: TestStep): void {
  const index = test.steps.findIndex(({ name }) => name === step.name)
  if (index === -1) test.steps.push(step)
  else test.steps[index] = step
  test.feed.raise(test.feed.version() + 1)
}
