import type { Snapshot } from '../../shared/api/answers.ts'
import type { SORTS } from '../../shared/api/contract.ts'
import { LONGEST_WAIT_MS } from '../../shared/api/contractParts.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import type { IntentRow } from '../../shared/api/row.ts'
import type { IntentId } from '../../shared/intent/ids.ts'
import { client } from '../host/client.ts'
import { whenEngineOpen } from '../host/engine.ts'
import { inBackground } from '../host/inBackground.ts'
import { failureOf } from '../host/failureOf.ts'
import { Marks } from './marks.ts'
import { nextFrame } from './nextFrame.ts'
import { engineNow } from './now.ts'

/** Which intents, in which order. */
export interface GridQuestion {
  query: string
  sort: { by: (typeof SORTS)[number]; isAscending: boolean }
}

/** What stands around the rows. */
export interface GridView {
  /** How many match; null until the engine has answered once. */
  total: number | null
  /** When the rows were as they stand, epoch milliseconds of the engine. */
  asOfMs: number
  isHeld: boolean
  /** While held: how many others have come or changed since. */
  newCount: number
  failure: FailureShape | null
}

/** What a grid must do: ask for all rows again (the row that stood at the top has moved by `shift`), or repaint some. */
export type GridNews = { is: 'order'; shift: number } | { is: 'rows'; rows: IntentRow[] }

/** Rows kept fresh in their order while the page is at the top: two tall screens. One block of the grid. */
export const TOP_ROWS = 100

/** Pause after a question that failed: long enough to be no storm, short enough to wait for. */
const PAUSE_AFTER_FAILURE_MS = 1_000

/**
 * The rows behind a grid. At the top it follows the first rows as they come; held, it reads a snapshot by row number
 * and renews in place only what is looked at, so that nothing moves while somebody reads.
 */
export class GridReplica {
  readonly question: GridQuestion
  readonly marks = new Marks()
  #view: GridView = { total: null, asOfMs: 0, isHeld: false, newCount: 0, failure: null }
  readonly #viewListeners = new Set<() => void>()
  readonly #newsListeners = new Set<(news: GridNews) => void>()
  readonly #rows = new Map<IntentId, IntentRow>()
  /** Up to which version each row is known. */
  readonly #knownTo = new Map<IntentId, number>()
  #order: IntentId[] = []
  #version = 0
  #snapshot: Snapshot | null = null
  #isHoldWanted = false
  #pausedUntil = Promise.resolve()
  #anchorIndex = 0
  #lookedAt: IntentId[] = []
  #running: AbortController | null = null
  #asking = new AbortController()

  constructor(question: GridQuestion) {
    this.question = question
  }

  readonly read = (): GridView => this.#view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#viewListeners.add(listener)
    return () => this.#viewListeners.delete(listener)
  }

  /** Tells what to repaint; returns how to stop. */
  onNews(listener: (news: GridNews) => void): () => void {
    this.#newsListeners.add(listener)
    return () => this.#newsListeners.delete(listener)
  }

  /** Begins to follow. */
  start(): void {
    this.#running = new AbortController()
    inBackground('the grid', this.#run(this.#running.signal))
  }

  stop(): void {
    this.#running?.abort()
    this.#asking.abort()
  }

  /** Brings nothing new until `until` is done: a press that has begun must end on the row that it began on. */
  pause(until: Promise<void>): void {
    this.#pausedUntil = until
    this.#asking.abort()
  }

  /** Holds still what matches now; the row that is the anchor stays where it is on the screen. */
  hold(): void {
    if (this.#isHoldWanted) return
    this.#isHoldWanted = true
    this.#asking.abort()
  }

  /** Follows the newest again. */
  release(): void {
    if (!this.#isHoldWanted) return
    this.#isHoldWanted = false
    this.#snapshot = null
    this.#version = 0
    this.#asking.abort()
  }

  /** Says which rows are on the screen: those are renewed while held. `anchorIndex` is the row that stays in its place. */
  look(ids: IntentId[], anchorIndex: number): void {
    this.#anchorIndex = anchorIndex
    if (ids.length === this.#lookedAt.length && ids.every((id, at) => id === this.#lookedAt[at])) return
    this.#lookedAt = ids
    if (this.#snapshot !== null) this.#asking.abort()
  }

  /** Rows by number, as the grid shows them now; the first `TOP_ROWS` are here, those below come from a snapshot. */
  async rows(from: number, limit: number): Promise<IntentRow[]> {
    if (from < Math.max(1, this.#order.length)) {
      return this.#order.slice(from, from + limit).flatMap((id) => this.#rows.get(id) ?? [])
    }
    const held = this.#snapshot ?? (await this.#whenHeld())
    if (held === null) return []
    const { rows, version } = await client.intents.rows({ snapshot: held.snapshot, from, limit })
    this.#take(rows)
    for (const row of rows) this.#knownTo.set(row.id, version)
    return rows
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#pausedUntil
      this.#asking = new AbortController()
      const asking = this.#asking.signal
      try {
        await whenEngineOpen(signal)
        if (!this.#isHoldWanted) await this.#followTop(asking)
        else if (this.#snapshot === null) await this.#freeze(asking)
        else await this.#followLookedAt(this.#snapshot, asking)
      } catch (error) {
        if (!asking.aborted) await this.#fail(failureOf(error))
      }
    }
  }

  async #followTop(asking: AbortSignal): Promise<void> {
    const batch = await client.intents.next(
      { ...this.question, limit: TOP_ROWS, since: this.#version, waitMs: LONGEST_WAIT_MS },
      { signal: asking },
    )
    await nextFrame()
    if (asking.aborted) return
    this.#take(batch.rows)
    if (!batch.order.every((id) => this.#rows.has(id))) {
      // A row that nobody changed moved up into the first ones, since another left them: only the whole answer has it.
      this.#version = 0
      return
    }
    const isSameOrder =
      this.#view.total === batch.total &&
      !this.#view.isHeld &&
      this.#order.length === batch.order.length &&
      batch.order.every((id, at) => id === this.#order[at])
    this.#order = batch.order
    this.#version = batch.version
    this.#forgetAllBut(batch.order)
    this.#show({ total: batch.total, asOfMs: engineNow(), isHeld: false, newCount: 0, failure: null })
    this.#tell(isSameOrder ? { is: 'rows', rows: batch.rows } : { is: 'order', shift: 0 })
  }

  async #freeze(asking: AbortSignal): Promise<void> {
    const snapshot = await client.intents.freeze(this.question, { signal: asking })
    const top = await client.intents.rows(
      { snapshot: snapshot.snapshot, from: 0, limit: TOP_ROWS },
      { signal: asking },
    )
    if (asking.aborted) return
    // Looked at now: somebody who walks the rows meanwhile is on another one than when this was asked.
    const anchorIndex = this.#anchorIndex
    const anchorId = this.#order[anchorIndex]
    const isNowAt = top.rows.findIndex((row) => row.id === anchorId)
    this.#snapshot = snapshot
    this.#order = top.rows.map((row) => row.id)
    this.#take(top.rows)
    for (const row of top.rows) this.#knownTo.set(row.id, top.version)
    this.#show({
      total: snapshot.total,
      asOfMs: snapshot.takenAtMs,
      isHeld: true,
      newCount: 0,
      failure: null,
    })
    this.#tell({ is: 'order', shift: isNowAt === -1 ? 0 : isNowAt - anchorIndex })
  }

  async #followLookedAt({ snapshot, version }: Snapshot, asking: AbortSignal): Promise<void> {
    const ids = this.#lookedAt
    const since = ids.reduce((oldest, id) => Math.min(oldest, this.#knownTo.get(id) ?? version), Infinity)
    const news = await client.intents.changes(
      { snapshot, ids, since: Number.isFinite(since) ? since : version, waitMs: LONGEST_WAIT_MS },
      { signal: asking },
    )
    await nextFrame()
    if (asking.aborted) return
    this.#take(news.rows)
    for (const id of ids) this.#knownTo.set(id, news.version)
    this.#show({ ...this.#view, newCount: news.newCount, failure: null })
    if (news.rows.length > 0) this.#tell({ is: 'rows', rows: news.rows })
  }

  async #fail(failure: FailureShape): Promise<void> {
    if (failure.code === 'not-found') this.#snapshot = null
    if (failure.code !== 'closed') this.#show({ ...this.#view, failure })
    await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_FAILURE_MS))
  }

  /** The snapshot of the hold that is asked for herewith; null when the hold was given up first. */
  #whenHeld(): Promise<Snapshot | null> {
    this.hold()
    return new Promise((resolve) => {
      const stop = this.onNews(() => {
        stop()
        resolve(this.#snapshot)
      })
    })
  }

  #take(rows: readonly IntentRow[]): void {
    for (const row of rows) {
      const before = this.#rows.get(row.id)
      if (before !== undefined && before.version < row.version) this.marks.note(before, row)
      this.#rows.set(row.id, row)
    }
  }

  #forgetAllBut(ids: readonly IntentId[]): void {
    if (this.#rows.size <= ids.length) return
    const kept = new Set(ids)
    for (const id of this.#rows.keys()) {
      if (kept.has(id)) continue
      this.#rows.delete(id)
      this.#knownTo.delete(id)
    }
  }

  #show(view: GridView): void {
    this.#view = view
    for (const listener of [...this.#viewListeners]) listener()
  }

  #tell(news: GridNews): void {
    for (const listener of [...this.#newsListeners]) listener(news)
  }
}
