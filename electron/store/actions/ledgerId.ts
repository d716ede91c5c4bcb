import { randomInt } from 'node:crypto'
import type { Db } from '../database.ts'
import { Meta } from '../meta.ts'

/** Ids of ledgers end below this: the widest that one draw gives, and a number that JavaScript holds exactly. */
const ID_END = 2 ** 48 - 1

/** Gives a ledger its id, once: by it an approval that was asked for over this data folder is good over no other. */
export function nameLedger(db: Db): void {
  const meta = new Meta(db)
  if (meta.get('ledger') === 0) meta.set('ledger', randomInt(1, ID_END))
}
