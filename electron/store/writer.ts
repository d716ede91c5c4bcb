import type { ActionRecord, NewActionStep } from '../../shared/api/action.ts'
import type { Fact } from '../../shared/intent/fact.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import { consoleEvent, type ConsoleEventKind, type ConsoleEvents } from '../../shared/log/consoleEvent.ts'
import type { JournaledEvent, RawEvent } from '../../shared/log/rawEvent.ts'
import { concludeActions } from './actions/concludeActions.ts'
import { Ledger } from './actions/ledger.ts'
import { steppedEvent } from './actions/steppedEvent.ts'
import type { Db } from './database.ts'
import { contentDigest } from './journal/digest.ts'
import { Journal } from './journal/journal.ts'
import { JournalReader } from './journal/reader.ts'
import { Traffic } from './journal/traffic.ts'
import { Meta } from './meta.ts'
import { PROJECTION_TABLES } from './migrations/migrations.ts'
import { meaningOf } from './projections/meaning.ts'
import { Projector, QUARANTINE_KIND } from './projections/projector.ts'
import { WatchList } from './projections/watchList.ts'
import type { Register } from './register.ts'
import { RemovedRows, type Removal } from './retention/removal.ts'
import type { Appended } from './store.ts'

/**
 * Unreadable frames kept per connection and day (UTC). A peer gone mad must not fill the disk; beyond this they are
 * only counted, and the count is journaled.
 */
export const QUARANTINED_PER_DAY = 1_000

const DAY_MS = 86_400_000

/** Events that a rebuild holds at a time. */
const REBUILD_PAGE = 2_000

/** What the console speaks about, and when. */
interface About {
  connection: string
  atMs: number
}

/** The one hand that writes: journal, meaning and projections of a batch in one transaction. */
export class Writer {
  readonly watchList
  readonly #db
  readonly #register
  readonly #journal
  readonly #ledger
  readonly #reader
  readonly #traffic
  readonly #projector
  readonly #meta
  readonly #removedRows
  readonly #quarantinedSince

  constructor(db: Db, register: Register) {
    this.#db = db
    this.#register = register
    this.watchList = new WatchList(db)
    this.#journal = new Journal(db)
    this.#ledger = new Ledger(db)
    this.#reader = new JournalReader(db)
    this.#traffic = new Traffic(db)
    this.#projector = new Projector(db, register, this.watchList)
    this.#meta = new Meta(db)
    this.#removedRows = new RemovedRows(db)
    this.#quarantinedSince = db
      .prepare<[number, number, number], number>(
        'SELECT count(*) FROM (SELECT 1 FROM quarantine WHERE connection = ? AND received_at_ms >= ? LIMIT ?)',
      )
      .pluck()
  }

  /** Journals a batch and everything it means. On disk when it returns; nothing of it is when it throws. */
  append(batch: readonly RawEvent[]): Appended {
    return this.#atomically(() => {
      const before = this.#meta.get('version')
      const count = { storedCount: 0, repeatCount: 0, quarantinedCount: 0 }
      const dropped = new Map<string, number>()
      this.#projector.begin(before)
      for (const event of batch) {
        const outcome = this.#take(event)
        if (outcome.isRepeat) count.repeatCount += 1
        else if (outcome.isDropped) dropped.set(event.connection, (dropped.get(event.connection) ?? 0) + 1)
        else count.storedCount += 1
        if (outcome.isQuarantined) count.quarantinedCount += 1
      }
      for (const [connection, dropCount] of dropped) this.#journalDrop(batch, connection, dropCount)
      this.#traffic.flush()
      return { ...count, lastSeq: this.#journal.lastSeq, version: this.#flush() }
    })
  }

  /**
   * Adds a step to the ledger, shown on the timeline of what it is about; answers what the action comes to, null for a step
   * of the profile. On disk when it returns; nothing of it is when it throws. Fails as `Ledger.append` does.
   */
  recordStep(step: NewActionStep): ActionRecord | null {
    return this.#atomically(() => {
      const recorded = this.#ledger.append(step)
      const { record } = recorded
      this.#projector.begin(this.#meta.get('version'))
      const event = record === null ? null : steppedEvent(recorded, this.#intentOf(record))
      if (event !== null) this.#take(event)
      this.#flush()
      return record
    })
  }

  /** Takes intents that are over and old events out, and journals how many they were. */
  remove({ intents, seqs, nowMs }: Removal): void {
    this.#atomically(() => {
      this.#projector.begin(this.#meta.get('version') + 1)
      const byConnection = new Map<string, number>()
      for (const intent of this.#projector.intents.forget(intents)) {
        const connection = this.#journal.dictionary.connection(intent.connection)
        this.#removedRows.countIntent(connection, intent.system, intent.phase)
        byConnection.set(intent.connection, (byConnection.get(intent.connection) ?? 0) + 1)
      }
      for (const [connection, eventCount] of this.#removedRows.delete(seqs, nowMs)) {
        const intentCount = byConnection.get(connection) ?? 0
        this.#say({ connection, atMs: nowMs }, 'eventsRemoved', { eventCount, intentCount })
      }
      this.#flush()
      this.#projector.intents.counters.reset()
    })
  }

  /** Follows an id on a connection, or not; answers all that are followed there. */
  watch(ask: { connection: string; id: string; isWatched: boolean }): string[] {
    const prefix = `${ask.connection}:`
    const id = ask.id.startsWith(prefix) ? ask.id.slice(prefix.length) : ask.id.trim()
    return this.#atomically(() => {
      const connection = this.#journal.dictionary.connection(ask.connection)
      this.#projector.begin(this.#meta.get('version') + 1)
      const names = this.#projector.intents.namesOf(connection, id)
      if (ask.isWatched) this.watchList.add(ask.connection, id)
      else this.watchList.remove(ask.connection, [id, ...names])
      this.#projector.intents.lookAgain(connection, id)
      this.#flush()
      return this.watchList.of(ask.connection)
    })
  }

  /** Runs a change that is in no projection, in a transaction of its own; it is seen by a new version. */
  change(work: () => void): void {
    this.#atomically(() => {
      work()
      this.#meta.set('version', this.#meta.get('version') + 1)
    })
  }

  /**
   * Empties the projections and fills them from the journal, in many transactions, so that its log stays short; `onPage`
   * runs after each. Until the last one the store is marked: whoever opens it after a crash begins again, and nobody reads it.
   */
  rebuild(onPage: (eventCount: number) => void = () => undefined): { eventCount: number } {
    this.#atomically(() => {
      for (const table of PROJECTION_TABLES) this.#db.exec(`DELETE FROM ${table}`)
      this.#db.exec(`INSERT INTO search (search) VALUES ('delete-all')`)
      this.#meta.set('lastIntent', 0)
      // Versions go on rising: readers hold cursors from before.
      this.#meta.set('searchedVersion', this.#meta.get('version'))
      this.#meta.set('isStale', 1)
      concludeActions(this.#db)
      this.#projector.reset()
    })
    let eventCount = 0
    for (let page = this.#reader.after(0, REBUILD_PAGE); page.length > 0;) {
      this.#atomically(() => {
        this.#applyAgain(page)
      })
      eventCount += page.length
      onPage(eventCount)
      page = this.#reader.after(page.at(-1)?.seq ?? 0, REBUILD_PAGE)
    }
    this.#meta.set('isStale', 0)
    return { eventCount }
  }

  #applyAgain(page: readonly JournaledEvent[]): void {
    this.#projector.begin(this.#meta.get('version'))
    for (const event of page) {
      const connection = this.#journal.dictionary.connection(event.connection)
      this.#projector.apply(connection, event, meaningOf(this.#register, event))
    }
    this.#flush()
  }

  /** The intent that an action is about; null when nothing is known of it yet. */
  #intentOf({ connection: name, intent, subject }: ActionRecord): Intent | null {
    const connection = this.#journal.dictionary.connection(name)
    const alias = intent === null ? subject : intent.slice(name.length + 1)
    return this.#projector.intents.intentOf(connection, alias)
  }

  /** Takes one event in: counted as said before, counted as too much, or written with all it means. */
  #take(event: RawEvent): { isRepeat: boolean; isDropped: boolean; isQuarantined: boolean } {
    const connection = this.#journal.dictionary.connection(event.connection)
    const content = contentDigest(event)
    const isRepeat = this.#journal.countRepeat(event, content)
    this.#traffic.add(connection, event, isRepeat)
    if (isRepeat) return { isRepeat, isDropped: false, isQuarantined: false }
    const facts = meaningOf(this.#register, event)
    const isQuarantined = facts.some(({ about }) => about === 'quarantine')
    const isDropped = isUnreadable(facts) && !this.#hasQuarantineRoom(connection, event.receivedAtMs)
    if (!isDropped) this.#projector.apply(connection, this.#journal.write(event, content), facts)
    return { isRepeat, isDropped, isQuarantined }
  }

  #hasQuarantineRoom(connection: number, receivedAtMs: number): boolean {
    const dayStartMs = receivedAtMs - (receivedAtMs % DAY_MS)
    return (
      (this.#quarantinedSince.get(connection, dayStartMs, QUARANTINED_PER_DAY) ?? 0) < QUARANTINED_PER_DAY
    )
  }

  #journalDrop(batch: readonly RawEvent[], connection: string, count: number): void {
    const last = batch.findLast((event) => event.connection === connection)
    if (last === undefined) return
    this.#say({ connection, atMs: last.receivedAtMs }, 'eventsDropped', {
      kind: QUARANTINE_KIND,
      count,
      reason: `more than ${QUARANTINED_PER_DAY} frames of this day could not be read`,
    })
  }

  /** Journals what the console itself has to say about a connection. */
  #say<Kind extends ConsoleEventKind>(about: About, kind: Kind, said: ConsoleEvents[Kind]): void {
    this.#take(consoleEvent({ ...about, connection: connectionId(about.connection) }, kind, said))
  }

  #flush(): number {
    const version = this.#projector.flush()
    this.#meta.set('version', version)
    return version
  }

  /** Runs work in one transaction; after a failure nothing in memory is ahead of the disk. */
  #atomically<Result>(work: () => Result): Result {
    try {
      return this.#db.transaction(work).immediate()
    } catch (error) {
      this.#journal.reset()
      this.#traffic.reset()
      this.#projector.reset()
      this.watchList.reset()
      throw error
    }
  }
}

/** Whether a frame brought nothing but the news that it cannot be read. */
function isUnreadable(facts: readonly Fact[]): boolean {
  return (
    facts.some(({ about }) => about === 'quarantine') &&
    facts.every(({ about }) => about === 'quarantine' || about === 'drift')
  )
}
