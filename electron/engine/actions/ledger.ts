import type { ActionRecord, ActionStep, NewActionStep } from '../../../shared/api/action.ts'
import type { Store } from '../../store/store.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { FeedSet } from '../feedSet.ts'
import type { InBackground } from '../logger.ts'

/** What a ledger is kept with. */
export interface LedgerSources {
  store: Pick<Store, 'recordStep' | 'head'>
  feeds: FeedSet
  clock: Clock
  /** Which face of the console is acting. */
  host: ActionStep['host']
  /** Whoever sits at it, as the audit log names them. */
  who: () => Promise<string>
  inBackground: InBackground
}

/** What happened, apart from who, where and when. */
export type Happening = Pick<NewActionStep, 'action' | 'kind' | 'why'> &
  Partial<Pick<NewActionStep, 'head' | 'httpStatus' | 'response' | 'facts' | 'follows' | 'advice'>>

/** Records steps of actions and tells whoever waits for them. */
export class Ledger {
  readonly #sources: LedgerSources

  constructor(sources: LedgerSources) {
    this.#sources = sources
  }

  /** Records what the person at the console did. On disk when it resolves; fails with `closed` or `disk`. */
  async byPerson(happening: Happening): Promise<ActionRecord | null> {
    const { host, who } = this.#sources
    return this.#record(happening, { who: await who(), host })
  }

  /** Records what the console found out by itself. */
  byConsole(happening: Happening): Promise<ActionRecord | null> {
    return this.#record(happening, { who: 'console', host: 'console' })
  }

  async #record(happening: Happening, by: Pick<NewActionStep, 'who' | 'host'>): Promise<ActionRecord | null> {
    const { store, clock, inBackground } = this.#sources
    const nothing = { head: null, httpStatus: null, response: null, facts: {}, follows: null }
    const record = await store.recordStep({ ...nothing, ...happening, ...by, atMs: clock.nowMs() })
    this.tell()
    // A step about an intent is an event too. It is recorded, whatever becomes of telling that.
    inBackground('Telling of an action', this.#raise())
    return record
  }

  /** Something about actions is new: a step, or when one is read next. */
  tell(): void {
    const { feeds } = this.#sources
    feeds.actions.raise(feeds.actions.version() + 1)
    feeds.touch()
  }

  async #raise(): Promise<void> {
    const { store, feeds } = this.#sources
    const { version, lastSeq } = await store.head()
    feeds.changes.raise(version)
    feeds.journal.raise(lastSeq)
  }
}
