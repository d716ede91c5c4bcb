import type { Fact } from '../../../shared/intent/fact.ts'
import type { JournaledEvent } from '../../../shared/log/rawEvent.ts'
import type { Db } from '../database.ts'
import type { Register } from '../register.ts'
import { consoleSaid, type ConsoleSaid } from './consoleEvents.ts'
import { GapRows } from './gapRows.ts'
import { IntentBook } from './intentBook.ts'
import { LinkRows, type LinkPlace } from './linkRows.ts'
import type { WatchList } from './watchList.ts'

/** Kind of `eventsDropped` for frames beyond the quarantine's room. */
export const QUARANTINE_KIND = 'quarantined'

/** Draws the conclusions of journaled events, in the order of the journal. To be used within a transaction of the caller. */
export class Projector {
  readonly intents: IntentBook
  readonly #gaps
  readonly #links
  #version = 0
  #hasLinkChange = false

  constructor(db: Db, register: Register, watchList: WatchList) {
    this.intents = new IntentBook(db, register, watchList)
    this.#gaps = new GapRows(db)
    this.#links = new LinkRows(db)
  }

  /** Starts a batch; everything that changes in it gets versions above this one. */
  begin(version: number): void {
    this.#version = version
    this.#hasLinkChange = false
  }

  /** Forgets what may have been rolled back. */
  reset(): void {
    this.intents.reset()
  }

  /** Takes one event in; `connection` is its integer. */
  apply(connection: number, event: JournaledEvent, facts: readonly Fact[]): void {
    if (event.system === 'console' && event.origin !== 'operator') {
      const said = consoleSaid(event)
      if (said !== null) this.#applySaid({ event, ordinal: 0, connection }, said)
      return
    }
    for (const [ordinal, fact] of facts.entries()) this.#applyFact({ event, ordinal, connection }, fact)
  }

  /** Writes what is still in memory; answers the highest version after the batch. */
  flush(): number {
    const version = this.#hasLinkChange ? this.#version + 1 : this.#version
    return this.intents.flush(version)
  }

  #applyFact(place: LinkPlace, fact: Fact): void {
    const { event, ordinal, connection } = place
    switch (fact.about) {
      case 'intent':
        this.intents.apply(connection, event, { ordinal, fact })
        return
      case 'sample':
        this.intents.settle()
        this.#links.sample(place, fact, this.intents.counters.phases(connection, event.system))
        break
      case 'quarantine':
        this.#links.quarantine(place, fact)
        break
      case 'drift':
        this.#links.drift(place, fact)
        break
      case 'link':
        if (fact.text === null) return
        this.#links.log(place, { atMs: fact.atMs ?? event.receivedAtMs, kind: fact.kind, text: fact.text })
        break
    }
    this.#hasLinkChange = true
  }

  #applySaid(place: LinkPlace, { kind, said }: ConsoleSaid): void {
    const { connection, event } = place
    const gap = { connection, seq: event.seq, version: this.#version + 1 }
    this.#hasLinkChange = true
    switch (kind) {
      case 'gapOpened':
        this.#gaps.open(gap, said)
        return
      case 'gapClosed':
        this.#gaps.close(gap, said)
        return
      case 'gapRepaired':
        this.#gaps.repair(gap, said)
        return
      case 'presenceChanged':
        this.#links.log(place, {
          atMs: event.receivedAtMs,
          kind,
          text: said.reason === '' ? said.state : `${said.state}: ${said.reason}`,
        })
        return
      case 'eventsDropped':
        this.#links.drop(connection, said.kind, said.count)
        return
      case 'eventsRemoved':
        this.#links.log(place, {
          atMs: event.receivedAtMs,
          kind,
          text: `Removed as the settings say: ${said.eventCount} events, among them all of ${said.intentCount} intents that were over.`,
        })
        return
    }
  }
}
