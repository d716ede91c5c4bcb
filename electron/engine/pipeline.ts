import { consoleEvent } from '../../shared/log/consoleEvent.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import type { Appended, Store } from '../store/store.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import { BatchSize } from './batchSize.ts'
import { Rate } from './rate.ts'

/** Events in memory before `push` makes the sender wait: about a second of what the store takes. */
const QUEUE_LIMIT = 20_000
/** Payload characters in memory before `push` makes the sender wait: eight of the largest frames that an adapter lets in. */
const QUEUE_LIMIT_CHARS = 64 * 1024 * 1024
/** How long the first event of a batch waits for company: below what an eye can see, above the cost of one sync. */
const GATHER_MS = 4
/** Between two attempts on a disk that refuses: soon enough for an operator who has just made room. */
const RETRY_MS = 3_000

/** What a pipeline needs. */
export interface PipelineOptions {
  append: Store['append']
  clock: Clock
  /** Whether an event may be counted instead of kept when there is no room: true only for readings of a counter. */
  isLossy: (event: RawEvent) => boolean
  /** Whether somebody waits for what the store answers meanwhile. */
  isWatched: () => boolean
  onAppended: (batch: readonly RawEvent[], appended: Appended) => void
  /** Called with a sentence when the disk refuses, with null when it takes events again. */
  onTrouble: (sentence: string | null) => void
}

/** The bounded queue between the links and the journal. One append in flight: a slow disk makes larger batches, not more. */
export class Pipeline {
  readonly #options: PipelineOptions
  readonly #end = new AbortController()
  readonly #rate: Rate
  readonly #batchSize = new BatchSize()
  readonly #queue: RawEvent[] = []
  readonly #blocked: RawEvent[] = []
  readonly #unblock: (() => void)[] = []
  readonly #dropped = new Map<string, { event: RawEvent; count: number }>()
  #inFlight: RawEvent[] = []
  #chars = 0
  #trouble: string | null = null
  #isRunning = false
  /** Events taken and events put on disk, since the beginning. */
  #takenCount = 0
  #writtenCount = 0
  #whenWritten: { count: number; resolve: () => void }[] = []

  constructor(options: PipelineOptions) {
    this.#options = options
    this.#rate = new Rate(options.clock.nowMs)
  }

  /** Takes an event. Resolves at once while there is room, else when there is again; a lossy one is then counted instead. */
  push(event: RawEvent): void | Promise<void> {
    const hasRoom = this.#blocked.length === 0 && this.#hasRoom()
    if (!hasRoom && this.#options.isLossy(event)) {
      this.#drop(event)
      return
    }
    this.#takenCount += 1
    if (hasRoom) {
      this.#take(event)
      return
    }
    return new Promise((resolve) => {
      this.#blocked.push(event)
      this.#unblock.push(resolve)
    })
  }

  /** Events taken and not yet on disk. */
  behindBy(): number {
    return this.#queue.length + this.#inFlight.length + this.#blocked.length
  }

  /** Events put on disk per second, over the last five. */
  eventsPerSec(): number {
    return this.#rate.perSec()
  }

  /** Why the disk refuses; null while it does not. */
  trouble(): string | null {
    return this.#trouble
  }

  /** Resolves when everything taken until now is on disk, whatever comes in meanwhile, or at once when the disk refuses. */
  flush(): Promise<void> {
    if (!this.#isRunning || this.#trouble !== null) return Promise.resolve()
    return new Promise((resolve) => this.#whenWritten.push({ count: this.#takenCount, resolve }))
  }

  /** Ends retrying. What is not on disk by then stays unwritten; `behindBy` says how much. */
  close(): void {
    this.#end.abort()
  }

  #hasRoom(): boolean {
    return this.#queue.length < QUEUE_LIMIT && this.#chars < QUEUE_LIMIT_CHARS
  }

  #take(event: RawEvent): void {
    this.#queue.push(event)
    this.#chars += event.payload.length
    if (this.#isRunning) return
    this.#isRunning = true
    // Real time, whatever clock the console runs on: it is about the cost of a sync.
    setTimeout(() => void this.#run(), GATHER_MS)
  }

  #drop(event: RawEvent): void {
    const key = `${event.connection} ${event.kind}`
    this.#dropped.set(key, { event, count: (this.#dropped.get(key)?.count ?? 0) + 1 })
  }

  /** Never rejects: a refused append is trouble, told and tried again. */
  async #run(): Promise<void> {
    while (this.#queue.length > 0 && !this.#end.signal.aborted) {
      const most = this.#batchSize.most(this.#options.isWatched())
      const batch = this.#queue.splice(0, most)
      this.#inFlight = [...this.#dropsTold(), ...batch]
      if (await this.#append()) this.#writtenCount += batch.length
      this.#settle((count) => count <= this.#writtenCount)
      this.#letIn()
    }
    this.#isRunning = false
    this.#settle(() => true)
  }

  #dropsTold(): RawEvent[] {
    const told = [...this.#dropped.values()].map(({ event, count }) =>
      consoleEvent({ connection: event.connection, atMs: this.#options.clock.nowMs() }, 'eventsDropped', {
        kind: event.kind,
        count,
        reason: 'More came in than the disk could take.',
      }),
    )
    this.#dropped.clear()
    for (const { payload } of told) this.#chars += payload.length
    return told
  }

  /** Puts what is in flight on disk, however long that takes; false when the end came before. */
  async #append(): Promise<boolean> {
    while (!this.#end.signal.aborted) {
      const fromMs = performance.now()
      const appended = await this.#options.append(this.#inFlight).catch((reason: unknown) => {
        this.#setTrouble(reason instanceof Error ? reason.message : String(reason))
        return null
      })
      if (appended !== null) {
        this.#batchSize.took(this.#inFlight.length, performance.now() - fromMs)
        this.#written(appended)
        return true
      }
      await this.#options.clock.sleep(RETRY_MS, this.#end.signal)
    }
    return false
  }

  #written(appended: Appended): void {
    const batch = this.#inFlight
    this.#inFlight = []
    for (const { payload } of batch) this.#chars -= payload.length
    this.#rate.add(batch.length)
    this.#setTrouble(null)
    this.#options.onAppended(batch, appended)
  }

  #setTrouble(sentence: string | null): void {
    if (sentence === this.#trouble) return
    this.#trouble = sentence
    this.#options.onTrouble(sentence)
    if (sentence !== null) this.#settle(() => true)
  }

  #letIn(): void {
    let count = 0
    for (; count < this.#blocked.length && this.#hasRoom(); count += 1) {
      const event = this.#blocked[count]
      if (event !== undefined) this.#take(event)
    }
    this.#blocked.splice(0, count)
    for (const resolve of this.#unblock.splice(0, count)) resolve()
  }

  #settle(isOver: (count: number) => boolean): void {
    const over = this.#whenWritten.filter(({ count }) => isOver(count))
    this.#whenWritten = this.#whenWritten.filter((waiting) => !over.includes(waiting))
    for (const { resolve } of over) resolve()
  }
}
