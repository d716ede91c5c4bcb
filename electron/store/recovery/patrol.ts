import { LedgerWalk } from '../actions/ledgerWalk.ts'
import { checkedText } from '../checkedText.ts'
import { Damage } from '../damage.ts'
import type { Db } from '../database.ts'
import { JournalWalk } from '../journal/walk.ts'

/** Events, steps or intents looked at in one go: some 10 ms, so that a waiting call is not held up. */
const SLICE = 500

/** Goes once through a store that was too large to be examined when it was opened. For the moments when nobody calls. */
export class Patrol {
  readonly #walk
  readonly #ledgerWalk
  readonly #bodies
  #intent = 0
  #place: 'journal' | 'ledger' | 'intents' | 'done' = 'journal'

  constructor(db: Db) {
    this.#walk = new JournalWalk(db)
    this.#ledgerWalk = new LedgerWalk(db)
    this.#bodies = db.prepare<[number, number], { intent: number; body: string }>(
      'SELECT intent, body FROM documents WHERE intent > ? ORDER BY intent LIMIT ?',
    )
  }

  /** Looks at the next slice; false when there is nothing left to look at. Fails with `Damage`. */
  advance(): boolean {
    if (this.#place === 'journal') this.#lookAtJournal()
    else if (this.#place === 'ledger') this.#lookAtLedger()
    else if (this.#place === 'intents') this.#lookAtIntents()
    return this.#place !== 'done'
  }

  #lookAtJournal(): void {
    const { problems, isEnd } = this.#walk.next(SLICE)
    if (problems[0] !== undefined) throw new Damage(problems[0].what, { seq: problems[0].seq })
    if (isEnd) this.#place = 'ledger'
  }

  #lookAtLedger(): void {
    const { problems, isEnd } = this.#ledgerWalk.next(SLICE)
    if (problems[0] !== undefined) throw new Damage(problems[0].what, { step: problems[0].seq })
    if (isEnd) this.#place = 'intents'
  }

  #lookAtIntents(): void {
    const rows = this.#bodies.all(this.#intent, SLICE)
    for (const { body } of rows) checkedText(body)
    this.#intent = rows.at(-1)?.intent ?? this.#intent
    if (rows.length < SLICE) this.#place = 'done'
  }
}
