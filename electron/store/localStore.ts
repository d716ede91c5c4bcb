import type { ActionFilter, ActionRecord } from '../../shared/api/action.ts'
import type { GridBatch, MempoolSeries, RawView, Snapshot } from '../../shared/api/answers.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { StoreIncident } from '../../shared/api/incident.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import { ActionReader } from './actions/actionReader.ts'
import { openForReading, type Db } from './database.ts'
import { JournalReader } from './journal/reader.ts'
import { Hand } from './hand.ts'
import { lockFolder, type FolderLock } from './lock.ts'
import { Meta } from './meta.ts'
import { meaningOf } from './projections/meaning.ts'
import { WatchList } from './projections/watchList.ts'
import { ConnectionReader } from './query/connectionReader.ts'
import { begins } from './actions/fold.ts'
import { DetailReader } from './query/detail.ts'
import { Finder } from './query/finder.ts'
import { MempoolReader } from './query/mempoolReader.ts'
import { Pages } from './query/pages.ts'
import { incidentsIn } from './recovery/incidents.ts'
import { openExamined } from './recovery/openExamined.ts'
import { rebuilt } from './recovery/rebuilt.ts'
import type { Register } from './register.ts'
import { SettingRows } from './settings.ts'
import type { Store, Verification } from './store.ts'
import { addCarries } from './textIndex.ts'
import { verifyStore } from './verify/verifyStore.ts'

/** How to open a data folder. */
export interface OpenOptions {
  dataDir: string
  mode: 'write' | 'read'
}

/** What those who go on using a store have seen of it before it was opened again. */
export interface Reopening {
  lock: FolderLock
  least: { lastSeq: number; version: number }
}

/** The methods of a store without the thread between: each blocks until it is done. */
export type Blocking<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (...input: infer Input) => Promise<infer Output>
    ? (...input: Input) => Output
    : never
}

/** What a store is made of; `hand` only for the writer. */
export interface LocalStoreParts {
  dataDir: string
  db: Db
  hand: Hand | null
  register: Register
}

/** The store in the thread that calls it. */
export class LocalStore implements Blocking<Store> {
  readonly #incidents
  readonly #db: Db
  readonly #hand: Hand | null
  readonly #register
  readonly #meta
  readonly #journal
  readonly #actions
  readonly #pages
  readonly #finder
  readonly #details
  readonly #connections
  readonly #mempool
  readonly #settings
  readonly #watchList

  constructor({ dataDir, db, hand, register }: LocalStoreParts) {
    this.#incidents = incidentsIn(dataDir)
    this.#db = db
    this.#hand = hand
    this.#register = register
    addCarries(db)
    this.#meta = new Meta(db)
    this.#journal = new JournalReader(db)
    this.#actions = new ActionReader(db)
    this.#pages = new Pages(db, register)
    this.#finder = new Finder(db, this.#pages)
    this.#details = new DetailReader(db, register, { finder: this.#finder, reader: this.#pages.reader })
    this.#connections = new ConnectionReader(db, this.#pages.reader.gaps)
    this.#mempool = new MempoolReader(db, this.#pages.reader.gaps)
    this.#settings = new SettingRows(db)
    this.#watchList = new WatchList(db)
  }

  head(): { lastSeq: number; version: number } {
    return { lastSeq: this.#journal.lastSeq(), version: this.#meta.get('version') }
  }

  append(batch: Parameters<Store['append']>[0]) {
    const { room, writer } = this.#writing()
    room.check()
    return writer.append(batch)
  }

  page(ask: Parameters<Store['page']>[0]): GridBatch {
    return this.#still(() => this.#pages.page(ask))
  }

  freeze(ask: Parameters<Store['freeze']>[0]): Snapshot {
    return this.#still(() => this.#pages.freeze(ask))
  }

  rows(ask: Parameters<Store['rows']>[0]) {
    return this.#still(() => this.#pages.rows(ask))
  }

  changes(ask: Parameters<Store['changes']>[0]) {
    return this.#still(() => this.#pages.changes(ask))
  }

  find(ask: Parameters<Store['find']>[0]) {
    return this.#still(() => this.#finder.find(ask))
  }

  get(ask: Parameters<Store['get']>[0]) {
    return this.#still(() => this.#details.get(ask))
  }

  intent(id: string): Intent {
    return this.#still(() => this.#details.intent(id))
  }

  actions(filter: ActionFilter): ActionRecord[] {
    return this.#actions.list(filter)
  }

  action(id: string): ActionRecord {
    return this.#actions.one(id)
  }

  openActions(): ActionRecord[] {
    return this.#actions.open()
  }

  actionSteps(ask: Parameters<Store['actionSteps']>[0]) {
    return this.#actions.steps(ask)
  }

  actionsHead() {
    return this.#still(() => this.#actions.head())
  }

  recordStep(step: Parameters<Store['recordStep']>[0]): ActionRecord | null {
    const { room, writer } = this.#writing()
    // What became of a request that was sent is written into the room that is kept free.
    if (begins(step)) room.check()
    return writer.recordStep(step)
  }

  raw(seq: number): RawView {
    const { seq: place, ...event } = this.#journal.at(seq)
    return { seq: place, event, facts: meaningOf(this.#register, event) }
  }

  journal({ after, limit }: Parameters<Store['journal']>[0]) {
    return this.#journal.after(after, limit)
  }

  counts(nowMs: number) {
    return this.#pages.counts.counts(nowMs)
  }

  routes(limit: number) {
    return this.#pages.counts.routes(limit)
  }

  longestNormalWait(nowMs: number) {
    return this.#pages.counts.longestNormalWait(nowMs)
  }

  mempool(ask: Parameters<Store['mempool']>[0]): MempoolSeries {
    return this.#still(() => this.#mempool.series(ask))
  }

  connections(nowMs: number) {
    return this.#still(() => this.#connections.connections(nowMs))
  }

  quarantine(ask: Parameters<Store['quarantine']>[0]) {
    return this.#connections.quarantine(ask)
  }

  openIntents(ask: Parameters<Store['openIntents']>[0]) {
    return this.#connections.openIntents(ask)
  }

  settings() {
    return this.#settings.read()
  }

  setSettings(changes: Record<string, unknown>) {
    const { writer } = this.#writing()
    writer.change(() => {
      this.#settings.change(changes)
    })
    return this.#settings.read()
  }

  watched(connection: string): string[] {
    return this.#watchList.of(connection)
  }

  watch(ask: Parameters<Store['watch']>[0]): string[] {
    return this.#writing().writer.watch(ask)
  }

  rebuild() {
    return rebuilt(this.#db, this.#writing().writer)
  }

  incidents(): StoreIncident[] {
    return this.#incidents
  }

  verify(): Verification {
    return verifyStore(this.#db, this.#register)
  }

  /** Does a slice of what can wait; false when nothing is left to do. For the moments when nobody calls. */
  idle(): boolean {
    return this.#hand?.idle(Date.now()) ?? false
  }

  /** Whether a slice of that is due now, though somebody may be about to call. */
  isPressing(): boolean {
    return this.#hand?.isPressing() ?? false
  }

  close(): void {
    if (this.#hand === null) {
      this.#db.close()
      return
    }
    try {
      this.#hand.close(true)
    } finally {
      this.#hand.lock.release()
    }
  }

  /** Closes a damaged store without giving the folder free; answers what opening it again needs, null for a reader. */
  abandon(): Reopening | null {
    if (this.#hand === null) return null
    const least = this.#seen()
    this.#hand.close(false)
    return { lock: this.#hand.lock, least }
  }

  /** What was seen of the store, as far as it can still be read. */
  #seen(): Reopening['least'] {
    try {
      return this.head()
    } catch {
      return { lastSeq: 0, version: 0 }
    }
  }

  /** Several statements of one answer must see one state, though another process may write. */
  #still<Answer>(read: () => Answer): Answer {
    return this.#db.transaction(read).deferred()
  }

  #writing(): Hand {
    if (this.#hand !== null) return this.#hand
    throw new Failure('closed', 'This data folder was opened for reading only.', {
      tip: 'Let the console that holds the folder do it.',
    })
  }
}

/**
 * Opens a data folder; fails with `held`, `not-found` or `disk`. A damaged store that was abandoned is opened again with
 * what `abandon` answered.
 */
export function openLocalStore(
  { dataDir, mode }: OpenOptions,
  register: Register,
  reopening: Reopening | null = null,
): LocalStore {
  if (mode === 'read') return new LocalStore({ dataDir, db: openForReading(dataDir), hand: null, register })
  const nowMs = Date.now()
  const lock = reopening?.lock ?? lockFolder(dataDir, nowMs)
  try {
    const least = reopening?.least ?? { lastSeq: 0, version: 0 }
    const examined = openExamined({ dataDir, register, nowMs, isSuspect: reopening !== null, least })
    const hand = new Hand({ ...examined, dataDir, lock, register })
    return new LocalStore({ dataDir, db: examined.db, hand, register })
  } catch (error) {
    if (reopening === null) lock.release()
    throw error
  }
}
