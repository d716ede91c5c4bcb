import {
  applyFact,
  beginIntent,
  compareOrder,
  foldFacts,
  isHeard,
  orderKeyOf,
  type HeardFact,
} from '../../../shared/intent/fold.ts'
import { intentIdOf } from '../../../shared/intent/ids.ts'
import type { Alias } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { JournaledEvent } from '../../../shared/log/rawEvent.ts'
import type { IntentFact } from '../../../shared/intent/fact.ts'
import { Damage } from '../damage.ts'
import type { Db } from '../database.ts'
import { intentOf } from '../intentText.ts'
import { Lru } from '../lru.ts'
import { Meta } from '../meta.ts'
import { NO_VOCABULARY, type Register } from '../register.ts'
import { AliasBook } from './aliasBook.ts'
import { Counters, countersOf } from './counters.ts'
import { FactRows } from './factRows.ts'
import { History } from './history.ts'
import { IntentRows, type SavedIntent } from './intentRows.ts'
import type { WatchList } from './watchList.ts'

/** Folded intents kept at hand, of about 3 KiB each: those that are moving, not all that are open. */
const KEPT = 20_000

/** Kind of alias that tells the console id which a merged intent had before; its other names go on finding it. */
export const FORMER_ID = 'consoleId'

/** One intent while facts are applied to it. */
interface Entry {
  id: number
  connection: number
  intent: Intent
  /** What the database holds of it; null before it was written. */
  saved: SavedIntent | null
  heardAtMs: number
  isWatched: boolean
  counted: string[]
  /** A fact arrived that lies earlier in history: fold again before anybody looks. */
  isStale: boolean
}

interface StoredEntry {
  connection: number
  heardAtMs: number
  isWatched: number
  body: string
}

/** Applies facts to intents: in memory as they come, in the database once per intent and batch. */
export class IntentBook {
  readonly counters: Counters
  readonly #aliases
  readonly #facts
  readonly #history
  readonly #rows
  readonly #register
  readonly #watchList
  readonly #stored
  readonly #meta
  readonly #kept = new Lru<number, Entry>(KEPT)
  /** In the order in which they were last touched, which is that of their new versions. */
  readonly #touched = new Map<number, Entry>()
  #lastId = 0

  constructor(db: Db, register: Register, watchList: WatchList) {
    this.counters = new Counters(db)
    this.#aliases = new AliasBook(db)
    this.#facts = new FactRows(db)
    this.#meta = new Meta(db)
    this.#history = new History(db, register)
    this.#rows = new IntentRows(db)
    this.#register = register
    this.#watchList = watchList
    this.#stored = db.prepare<[number], StoredEntry>(
      `SELECT i.connection, i.heard_at_ms AS heardAtMs, i.is_watched AS isWatched, d.body
       FROM intents i JOIN documents d ON d.intent = i.id WHERE i.id = ?`,
    )
    this.reset()
  }

  /** Forgets what may have been rolled back. */
  reset(): void {
    this.#kept.clear()
    this.#touched.clear()
    this.counters.reset()
    this.#lastId = this.#meta.get('lastIntent')
  }

  /** Applies one fact of a journaled event. */
  apply(connection: number, event: JournaledEvent, placed: { ordinal: number; fact: IntentFact }): void {
    const { fact } = placed
    const heard: HeardFact = { fact, origin: event.origin, receivedAtMs: event.receivedAtMs }
    const { intents, unknown } = this.#aliases.resolve(connection, fact.aliases)
    const [oldest, ...others] = intents
    const entry = oldest === undefined ? this.#begin(connection, event, heard) : this.#entry(oldest)
    for (const other of others) this.#merge(this.#entry(other), entry)
    this.#aliases.add(connection, unknown, entry.id)
    const outcome = this.#facts.write(entry.id, { seq: event.seq, ordinal: placed.ordinal }, heard)
    if (isHeard(event.origin)) entry.heardAtMs = Math.max(entry.heardAtMs, event.receivedAtMs)
    if (outcome === 'earlier') entry.isStale = true
    if (outcome === 'new' && oldest !== undefined) this.#append(entry, heard)
    this.#watch(entry)
    this.#touch(entry)
  }

  /** The intent that an id means; null when it means none. */
  intentOf(connection: number, id: string): Intent | null {
    const found = this.#aliases.intentOf(connection, id)
    return found === null ? null : this.#entry(found).intent
  }

  /** All names of the intent that an id means; none when it means none. */
  namesOf(connection: number, id: string): string[] {
    const intent = this.intentOf(connection, id)
    return intent === null ? [] : [intent.id, ...intent.aliases.map(({ value }) => value)]
  }

  /** Looks again whether an intent is followed, after the watch list has changed. */
  lookAgain(connection: number, id: string): void {
    const found = this.#aliases.intentOf(connection, id)
    if (found === null) return
    const entry = this.#entry(found)
    this.#watch(entry)
    this.#touch(entry)
  }

  /** Takes intents out with everything concluded about them; their events go elsewhere. Answers what they were. */
  forget(ids: readonly number[]): Intent[] {
    return ids.map((id) => {
      const entry = this.#entry(id)
      if (entry.saved === null) throw new RangeError(`Intent ${id} was never written.`)
      this.counters.move(placeOf(entry), entry.counted, [])
      this.#rows.remove(id, entry.saved)
      this.#facts.remove(id)
      this.#aliases.remove(id)
      this.#kept.delete(id)
      return entry.intent
    })
  }

  /** Folds again what facts out of order have left behind, so that the counters are right. */
  settle(): void {
    for (const entry of this.#touched.values()) this.#settle(entry)
  }

  /** Writes every touched intent once; answers the highest version given. */
  flush(version: number): number {
    this.settle()
    let next = version
    for (const entry of this.#touched.values()) {
      next += 1
      this.#save(entry, next)
    }
    this.#touched.clear()
    this.#meta.set('lastIntent', this.#lastId)
    this.counters.flush()
    return next
  }

  #begin(connection: number, event: JournaledEvent, heard: HeardFact): Entry {
    const [first] = heard.fact.aliases as [Alias]
    const system = event.system === 'console' ? heard.fact.system : event.system
    if (system === undefined) throw new TypeError('What the console says is about no intent.')
    const head = {
      id: intentIdOf(event.connection, first),
      system,
      connection: event.connection,
    }
    this.#lastId += 1
    return {
      id: this.#lastId,
      connection,
      intent: beginIntent(head, heard),
      saved: null,
      heardAtMs: event.receivedAtMs,
      isWatched: false,
      counted: [],
      isStale: false,
    }
  }

  #entry(id: number): Entry {
    const kept = this.#touched.get(id) ?? this.#kept.get(id)
    if (kept !== undefined) return kept
    const stored = this.#stored.get(id)
    if (stored === undefined) throw new Damage(`An alias leads to intent ${id}, which is not there.`)
    const intent = intentOf(stored.body)
    const isWatched = stored.isWatched === 1
    return {
      id,
      connection: stored.connection,
      intent,
      saved: { intent, columns: null },
      heardAtMs: stored.heardAtMs,
      isWatched,
      counted: countersOf(intent, isWatched),
      isStale: false,
    }
  }

  #append(entry: Entry, heard: HeardFact): void {
    if (entry.isStale) return
    if (compareOrder(orderKeyOf(heard), entry.intent.lastKey) > 0) {
      entry.intent = withFormerIdsLast(applyFact(entry.intent, heard), [])
    } else {
      entry.isStale = true
    }
  }

  /** Two names turned out to mean one intent: everything goes to the older one. */
  #merge(younger: Entry, older: Entry): void {
    this.#facts.move(younger.id, older.id)
    this.#aliases.move(younger.id, older.id)
    const former = { kind: FORMER_ID, value: younger.intent.id }
    older.intent = withFormerIdsLast(older.intent, [former, ...younger.intent.aliases])
    this.counters.move(placeOf(younger), younger.counted, [])
    if (younger.saved !== null) this.#rows.remove(younger.id, younger.saved)
    this.#touched.delete(younger.id)
    this.#kept.delete(younger.id)
    older.heardAtMs = Math.max(older.heardAtMs, younger.heardAtMs)
    older.isStale = true
  }

  #watch(entry: Entry): void {
    entry.isWatched = this.#watchList.has(entry.intent.connection, [
      ...entry.intent.aliases,
      { kind: FORMER_ID, value: entry.intent.id },
    ])
  }

  #touch(entry: Entry): void {
    this.#touched.delete(entry.id)
    this.#touched.set(entry.id, entry)
    this.#kept.set(entry.id, entry)
    if (!entry.isStale) this.#count(entry)
  }

  #settle(entry: Entry): void {
    if (!entry.isStale) return
    const { id, system, connection } = entry.intent
    const folded = foldFacts({ id, system, connection }, this.#history.of(entry.id))
    entry.intent = withFormerIdsLast(folded, entry.intent.aliases)
    entry.isStale = false
    this.#watch(entry)
    this.#count(entry)
  }

  #count(entry: Entry): void {
    const now = countersOf(entry.intent, entry.isWatched)
    this.counters.move(placeOf(entry), entry.counted, now)
    entry.counted = now
  }

  #save(entry: Entry, version: number): void {
    const { id, connection, intent, isWatched, heardAtMs } = entry
    const vocabulary = this.#register.vocabularyOf(intent.system) ?? NO_VOCABULARY
    const course = this.#register.courseOf?.(intent) ?? []
    const context = { id, version, connection, vocabulary, course, isWatched, heardAtMs }
    entry.saved = this.#rows.save(context, intent, entry.saved)
  }
}

function placeOf({ connection, intent }: Entry): { connection: number; system: string } {
  return { connection, system: intent.system }
}

/** No fact names a former console id, so folding loses them; they stand last, whatever the order of events was. */
function withFormerIdsLast(intent: Intent, from: readonly Alias[]): Intent {
  const isFormer = ({ kind }: Alias): boolean => kind === FORMER_ID
  if (from.length === 0 && !intent.aliases.some(isFormer)) return intent
  const former = [...intent.aliases.filter(isFormer), ...from.filter(isFormer)]
  if (former.length === 0) return intent
  const values = [...new Set(former.map(({ value }) => value))].sort()
  return {
    ...intent,
    aliases: [
      ...intent.aliases.filter((alias) => !isFormer(alias)),
      ...values.map((value) => ({ kind: FORMER_ID, value })),
    ],
  }
}
