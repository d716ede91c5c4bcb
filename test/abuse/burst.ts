import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pipeline } from '../../electron/engine/pipeline.ts'
import { openStore } from '../../electron/store/open.ts'
import type { Store } from '../../electron/store/store.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { Desk } from '../upstreamDesk.ts'

/** How many samples come between the intent events: every tenth event. */
const SAMPLE_EVERY = 10

/** What a slow disk takes for one append, milliseconds. */
const APPEND_MS = 25

/** A slow disk is waited for part by part, so that a busy machine is not taken for one that has stopped. */
const PART = 2_500

/** Stands between the adapter and the queue. */
export type Take = (pipeline: Pipeline, event: RawEvent) => void | Promise<void>

/** How a console's queue takes in: waiting where there is no room. */
export const patiently: Take = (pipeline, event) => pipeline.push(event)

/** An adapter that does not wait for room. */
export const greedily: Take = (pipeline, event) => {
  void pipeline.push(event)
}

/** An adapter, a real backend and a queue before a store on a slow disk. */
export class Burst {
  readonly fusion: BareFusion
  /** Intent events that are on disk. */
  storedCount = 0
  /** Most events in memory at once. */
  mostBehind = 0
  /** Readings of a counter: how many were sent, kept, and counted instead. */
  readonly samples = { sent: 1, stored: 0, dropped: 0 }
  /** What was counted instead of kept, by kind. */
  readonly droppedKinds = new Set<string>()
  readonly pipeline: Pipeline
  readonly #store: Store
  readonly #dataDir: string
  readonly #desk = new Desk()
  #sentCount = 0
  #gate = Promise.resolve()

  private constructor(parts: { fusion: BareFusion; store: Store; dataDir: string }) {
    this.fusion = parts.fusion
    this.#store = parts.store
    this.#dataDir = parts.dataDir
    this.pipeline = new Pipeline({
      append: async (batch) => {
        await this.#gate
        const appended = await this.#store.append(batch)
        await new Promise((resolve) => setTimeout(resolve, APPEND_MS))
        return appended
      },
      clock: systemClock,
      isLossy: ({ kind }) => kind === 'mempool:stats',
      isWatched: () => false,
      onTrouble: () => undefined,
      onAppended: (batch) => {
        for (const event of batch) this.#count(event)
      },
    })
  }

  /** Starts everything, and resolves when the adapter listens. */
  static async begin(take: Take, settings: object = {}): Promise<Burst> {
    const dataDir = mkdtempSync(join(tmpdir(), 'burst-'))
    const workerUrl = new URL('../../electron/worker.ts', import.meta.url)
    const store = await openStore({ dataDir, workerUrl, mode: 'write' })
    const burst = new Burst({ fusion: await bareFusion(), store, dataDir })
    burst.#desk.emit = (event) => {
      const room = take(burst.pipeline, event)
      burst.mostBehind = Math.max(burst.mostBehind, burst.pipeline.behindBy())
      return room
    }
    const { url } = burst.fusion
    await burst.#desk.connect(upstreamOf('fusion'), {
      url,
      settings: { transports: ['websocket'], ...settings },
    })
    await until('the console to listen', () => burst.fusion.listeners() === 1)
    return burst
  }

  /** Nothing is written any more, until what is answered is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#gate = promise
    return () => {
      resolve(undefined)
    }
  }

  /** Sends so many intent events at once, samples between them. */
  send(count: number): void {
    for (let n = 0; n < count; n += 1) {
      this.#sentCount += 1
      const intentId = `0x${this.#sentCount.toString(16).padStart(64, '0')}`
      this.fusion.say('intent:new', { intentId, status: 'matched', updatedAt: 1e12 + this.#sentCount })
      if (this.#sentCount % SAMPLE_EVERY !== 0) continue
      this.samples.sent += 1
      this.fusion.say('mempool:stats', { total: this.#sentCount })
    }
  }

  /** Waits until so many intent events are on disk and nothing is in memory. */
  async stored(count: number): Promise<void> {
    for (let part = PART; part < count; part += PART) {
      await until(`${part} events on disk`, () => this.storedCount >= part)
    }
    await until(`${count} events on disk`, () => this.storedCount >= count && this.pipeline.behindBy() === 0)
  }

  async close(): Promise<void> {
    await this.#desk.close()
    this.pipeline.close()
    await this.#store.close()
    await this.fusion.close()
    rmSync(this.#dataDir, { recursive: true })
  }

  #count({ kind, payload }: RawEvent): void {
    if (kind === 'intent:new') this.storedCount += 1
    if (kind === 'mempool:stats') this.samples.stored += 1
    if (kind !== 'eventsDropped') return
    const said = JSON.parse(payload) as { kind: string; count: number }
    this.droppedKinds.add(said.kind)
    this.samples.dropped += said.count
  }
}
