import type { Fact } from '../../../shared/intent/fact.ts'
import type { Db } from '../database.ts'
import { JournalReader } from '../journal/reader.ts'
import { AliasBook } from '../projections/aliasBook.ts'
import { meaningOf } from '../projections/meaning.ts'
import type { Register } from '../register.ts'

/** Events read in one go: some 10 ms, so that a waiting call is not held up. */
const SLICE = 500

/** What the old part of the journal says of one intent. */
export interface Mention {
  /** Events that tell of it, in the order of the journal. */
  seqs: number[]
  /** Facts in them that are about it. */
  factCount: number
}

/** Reads the old part of the journal once and finds out which events tell of which intent. */
export class Sweep {
  /** By the integer of the intent. */
  readonly mentions = new Map<number, Mention>()
  /** Events that tell of more than one intent: those intents go together or not at all. */
  readonly shared = new Map<number, number[]>()
  /** Events that tell of no intent and may go by themselves: readings, unreadable frames, notes of the link. */
  readonly loose: number[] = []
  /** Intents of which an event tells that must stay. */
  readonly bound = new Set<number>()
  readonly #reader
  readonly #aliases
  readonly #register
  readonly #endSeq
  readonly #connectionId
  #seq = 0

  /** Sweeps events up to and with `endSeq`. */
  constructor(db: Db, register: Register, endSeq: number) {
    this.#reader = new JournalReader(db)
    this.#aliases = new AliasBook(db)
    this.#register = register
    this.#endSeq = endSeq
    this.#connectionId = db.prepare<[string], number>('SELECT id FROM connections WHERE name = ?').pluck()
  }

  /** Reads the next slice; false when everything was read. */
  advance(): boolean {
    const events = this.#reader.after(this.#seq, SLICE)
    for (const event of events) {
      if (event.seq > this.#endSeq) return false
      this.#seq = event.seq
      // What the console says of itself is little, and bounds of gaps stand nowhere else.
      if (event.system === 'console' && event.origin !== 'operator') continue
      const connection = this.#connectionId.get(event.connection)
      if (connection !== undefined) this.#note(event.seq, connection, meaningOf(this.#register, event))
    }
    return events.length === SLICE
  }

  #note(seq: number, connection: number, facts: readonly Fact[]): void {
    const intents = new Set<number>()
    for (const fact of facts) {
      if (fact.about !== 'intent') continue
      const [intent] = this.#aliases.resolve(connection, fact.aliases).intents
      if (intent === undefined) continue
      intents.add(intent)
      const mention = this.mentions.get(intent) ?? { seqs: [], factCount: 0 }
      mention.factCount += 1
      if (mention.seqs.at(-1) !== seq) mention.seqs.push(seq)
      this.mentions.set(intent, mention)
    }
    // What is outside the contract is counted by its events, and somebody has yet to look at it.
    const mustStay = facts.some(({ about }) => about === 'drift')
    if (mustStay) for (const intent of intents) this.bound.add(intent)
    else if (intents.size === 0) this.loose.push(seq)
    else if (intents.size > 1) this.shared.set(seq, [...intents])
  }
}
