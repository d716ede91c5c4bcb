import { anchorsIn } from '../actions/anchors.ts'
import { LedgerWalk } from '../actions/ledgerWalk.ts'
import type { Db } from '../database.ts'

/** Steps looked at in one go. */
const PAGE = 2_000

/** What is wrong in the ledger of actions: in itself, in where it ends, and against what the journal tells of it. */
export function ledgerProblems(db: Db): { where: string; what: string }[] {
  const walk = new LedgerWalk(db)
  // Steps and where they end, as they are at one moment.
  const next = db.transaction(() => walk.next(PAGE))
  const found: { seq: number; what: string }[] = []
  for (let isEnd = false; !isEnd;) {
    const stretch = next.deferred()
    found.push(...stretch.problems)
    isEnd = stretch.isEnd
  }
  const problems = found.length > 0 ? found : db.transaction(() => unanchored(db)).deferred()
  return problems.map(({ seq, what }) => ({ where: `action step ${seq}`, what }))
}

/** Steps that do not have the hash, any more, with which the journal tells of them. */
function unanchored(db: Db): { seq: number; what: string }[] {
  const hashAt = db
    .prepare<{ seq: number }, string | null>(
      `SELECT lower(hex(chain)) FROM action_steps WHERE seq = @seq
       UNION ALL SELECT lower(hex(chain)) FROM lost_steps WHERE seq = @seq`,
    )
    .pluck()
  return anchorsIn(db)
    .filter(({ seq, hash }) => hashAt.get({ seq }) !== hash)
    .map(({ seq }) => ({ seq, what: `Step ${seq} is not the one that the journal tells of.` }))
}
