import { randomUUID } from 'node:crypto'
import type { Gate } from '../../../shared/api/action.ts'
import type { Bulk, BulkItem } from '../../../shared/api/bulk.ts'
import { Failure } from '../../../shared/api/failure.ts'
import { isReason } from '../../../shared/api/reason.ts'
import { systemClock } from '../../upstreams/kit/clock.ts'
import { openFeed, type Feed } from '../feeds.ts'
import type { InBackground } from '../logger.ts'
import {
  distinct,
  heldItem,
  sentenceOf,
  type BulkAbout,
  type BulkConsent,
  type Held,
  type ItemSources,
} from './bulkItems.ts'
import { sha256 } from './canonical.ts'

/** Intents worked out at once: each is read from its system first, and the systems are paced anyway. */
const AT_ONCE = 4

/** Bulks that can still be looked at; each holds its items only. */
const MOST_BULKS = 50

/** Pace of news about a bulk, milliseconds: quicker than anybody reads. */
const PACE_MS = 100

/** What bulks are made and done with. */
export interface BulkSources extends ItemSources {
  gate: () => Gate
  inBackground: InBackground
}

/** What is asked for. */
export interface BulkOrder {
  command: string
  intents: string[]
  input: Record<string, unknown>
}

interface Running {
  bulk: Bulk
  held: Held[]
  feed: Feed
  isStopped: boolean
}

/** One command over many intents: one after the other, each as if it were given alone. */
export class Bulks {
  readonly #sources: BulkSources
  readonly #byId = new Map<string, Running>()

  constructor(sources: BulkSources) {
    this.#sources = sources
  }

  /** What would be done, what is left out and why. Sends nothing. */
  async prepare({ command, intents, input }: BulkOrder): Promise<Bulk> {
    const once = [...new Set(intents)]
    const held: Held[] = []
    for (let from = 0; from < once.length; from += AT_ONCE) {
      const some = once.slice(from, from + AT_ONCE)
      held.push(
        ...(await Promise.all(some.map((intent) => heldItem(this.#sources, { command, intent, input })))),
      )
    }
    return this.#hold(command, distinct(held))
  }

  /** Begins to do it; given again it answers how far it is. Fails with `closed` when the consent is not to what was shown. */
  give(id: string, consent: BulkConsent): Bulk {
    const running = this.#named(id)
    if (running.bulk.state !== 'prepared') return running.bulk
    const refusal = refusalOf(running.bulk, consent, this.#sources.gate())
    if (refusal !== null) throw new Failure('closed', `${refusal} Nothing was sent.`)
    this.#change(running, { state: 'running' })
    const wanted = { ...consent, isWanted: () => !running.isStopped }
    this.#sources.inBackground(`Doing ${running.bulk.command} over many`, this.#run(running, wanted))
    return running.bulk
  }

  /** How far it is, once that is newer than `since` or the wait is over. */
  async next({
    bulk: id,
    ...ask
  }: {
    bulk: string
    since: number
    waitMs: number
    signal: AbortSignal | undefined
  }): Promise<Bulk> {
    const running = this.#named(id)
    await running.feed.next(ask)
    return running.bulk
  }

  /** Sends no more of it. What is being sent is not taken back. */
  stop(id: string): Bulk {
    const running = this.#named(id)
    if (running.bulk.state === 'prepared' || running.bulk.state === 'running') {
      this.#end(running, 'It was stopped before this.')
    }
    return running.bulk
  }

  /** Ends all of them. */
  close(): void {
    for (const running of this.#byId.values()) {
      if (running.bulk.state === 'running') this.#end(running, 'The console was closed before this.')
      running.feed.close()
    }
  }

  #hold(command: string, held: Held[]): Bulk {
    const waiting = held.filter(({ run }) => run !== null)
    // Where all are left out, nothing is known of the command but its name.
    const unknown: BulkAbout = { words: command, effect: 'changes', expected: '' }
    const about = held.find((one) => one.about !== null)?.about ?? unknown
    const bulk: Bulk = {
      bulk: randomUUID(),
      version: 1,
      command,
      ...about,
      items: held.map(({ item }) => item),
      state: 'prepared',
      hash: sha256(waiting.map(({ hash }) => hash).join(' ')),
      confirmation: String(waiting.length),
    }
    const feed = openFeed({ after: systemClock.after, paceMs: PACE_MS, version: 1 })
    this.#byId.set(bulk.bulk, { bulk, held, feed, isStopped: false })
    for (const [id, { bulk: old }] of this.#byId) {
      if (this.#byId.size > MOST_BULKS && old.state !== 'running') this.#byId.delete(id)
    }
    return bulk
  }

  async #run(running: Running, consent: BulkConsent): Promise<void> {
    for (const { item, run } of running.held) {
      if (run === null) continue
      if (running.isStopped) return
      this.#set(running, item, { state: 'sending' })
      const { outcome, why, actionId } = await run(consent).catch((reason: unknown) => ({
        outcome: 'closed' as const,
        why: sentenceOf(reason),
        actionId: null,
      }))
      const isCalledOff = outcome === 'closed' && consent.isWanted?.() === false
      const state = isCalledOff ? 'stopped' : outcome === 'dry-run' ? 'closed' : outcome
      this.#set(running, item, { state, why, actionId })
      // Whoever fails once in the middle may fail at all the others, and each would have to be settled by hand.
      if (outcome === 'unknown') this.#end(running, 'What became of the one before is not known.')
    }
    if (!running.isStopped) this.#change(running, { state: 'done' })
  }

  #end(running: Running, why: string): void {
    running.isStopped = true
    for (const { item } of running.held)
      if (item.state === 'waiting') Object.assign(item, { state: 'stopped', why })
    this.#change(running, { state: 'stopped' })
  }

  #set(running: Running, item: BulkItem, now: Partial<BulkItem>): void {
    Object.assign(item, now)
    this.#change(running, {})
  }

  #change(running: Running, now: Partial<Bulk>): void {
    const { bulk, held, feed } = running
    const items = held.map(({ item }) => ({ ...item }))
    running.bulk = { ...bulk, ...now, items, version: bulk.version + 1 }
    feed.raise(running.bulk.version)
  }

  #named(id: string): Running {
    const running = this.#byId.get(id)
    if (running !== undefined) return running
    throw new Failure('not-found', 'This selection is no longer held.', {
      tip: 'Select and prepare it again.',
    })
  }
}

function refusalOf(bulk: Bulk, consent: BulkConsent, gate: Gate): string | null {
  if (bulk.effect === 'changes' && !gate.isOpen) return `${gate.why} ${gate.tip}`
  if (bulk.confirmation === '0') return 'There is nothing to do: all are left out.'
  if (consent.hash !== bulk.hash) return 'What was confirmed is not what was prepared.'
  if (bulk.effect === 'changes' && !isReason(consent.reason)) return 'It takes a reason.'
  if (consent.confirm.trim() !== bulk.confirmation)
    return `Type how many there are, which is ${bulk.confirmation}.`
  return null
}
