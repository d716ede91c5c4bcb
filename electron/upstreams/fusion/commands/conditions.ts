import type { Deadline } from '../../../../shared/intent/deadline.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import { wordOf } from '../../../../shared/intent/vocabulary.ts'
import { met, ofIntent, unknown, unmet, utc } from '../../kit/verdict.ts'
import { refundBegun } from '../refundWords.ts'
import { fusionVocabulary } from '../vocabulary.ts'

/** The chain that the session and refund end points are named for (docs/reference/chains-and-timelocks). */
export const MIDNIGHT = 2_147_483_647

/** Place of `waiting_for_source_lock` in the documented order. */
const WAITING_RANK = 3

/** Names of transactions that took the source lock out, and of one that made it; the backend does not document them. */
const SPENT =
  /(?:source|src).*(?:claim|refund|withdraw|redeem)|(?:claim|refund|withdraw|redeem).*(?:source|src)/i
const LOCKED = /(?:source|src).*lock|lock.*(?:source|src)/i

/** The end points of sessions and refunds are named for Midnight. */
export const sourceOnMidnight = ofIntent('source on Midnight', ({ intent }) => {
  const { chainId } = intent.source
  if (chainId === MIDNIGHT) return met()
  return chainId === null
    ? unknown('The source chain of this intent is not known.')
    : unknown(
        `The source is on ${chainWords(chainId)}; the end point is named for Midnight, and nothing says that it serves others.`,
      )
})

/** Permit2 is a contract of EVM chains. */
export const sourceOnEvm = ofIntent('source on an EVM chain', ({ intent }) => {
  const { chainId } = intent.source
  if (chainId === null) return unknown('The source chain of this intent is not known.')
  const family = fusionVocabulary.chains[String(chainId)]?.family
  if (family === 'evm') return met()
  return family === undefined
    ? unknown(`What kind of chain ${chainWords(chainId)} is, is not documented.`)
    : unmet(`The source is on ${chainWords(chainId)}, which has no Permit2.`)
})

/** Something has to be there to be taken back. */
export const sourceLocked = ofIntent('source lock known', ({ intent }) => {
  if (isLocked(intent)) return met()
  const rank = rankOf(intent)
  return rank !== null && rank < WAITING_RANK
    ? unmet(`The status is ${statusWords(intent)}: nothing is locked yet.`)
    : unknown('Nothing that was heard says that the source was locked.')
})

/** The maker may take the source lock back only from its own timelock on; no constant stands in for it. */
export const sourceTimelockExpired = ofIntent('source timelock expired', ({ intent, nowMs }) => {
  const timelock = deadlineOf(intent, 'sourceTimelock')
  if (timelock === null)
    return unknown(
      'The timelock of the source lock itself is not known, and none may be computed from a constant.',
    )
  const { atMs } = timelock
  return nowMs < atMs
    ? unmet(`The source timelock runs until ${utc(atMs)}; until then the solver can claim the funds.`, atMs)
    : met(`It ran out ${utc(atMs)} by the clock of this machine; the chain goes by its own.`)
})

/** What came out once cannot be taken back again. */
export const sourceNotSpent = ofIntent('source lock not spent', ({ intent }) => {
  const { fundsReleasedAtMs, transactions } = intent
  if (fundsReleasedAtMs !== null) return unmet(`The funds came out ${utc(fundsReleasedAtMs)}.`)
  const spent = transactions.find(({ label }) => SPENT.test(label))
  return spent === undefined ? met() : unmet(`The backend names a transaction ${spent.label}: ${spent.hash}.`)
})

/** Of a completed swap the source belongs to the solver. */
export const notCompleted = ofIntent('swap not completed', ({ intent }) => {
  if (intent.contradictions.some(({ field }) => field === 'status'))
    return unknown('The backend has said statuses that contradict each other, so the swap may be complete.')
  if (intent.phase === 'completed') return unmet('The swap is complete: the source funds are the solver’s.')
  return rankOf(intent) === null
    ? unknown(`The status is ${statusWords(intent)}, which nobody has described: the swap may be complete.`)
    : met()
})

/** The coordinator refunds by itself too, and a race of the two is a named threat of its security page. */
export const noRefundUnderWay = ofIntent('no other refund under way', ({ intent }) => {
  const named = refundBegun(intent)
  return named === null
    ? met('None is named; the coordinator may still begin one by itself.')
    : unknown(`${named}: a refund may be under way already, and two of them race.`)
})

/** A session for a source lock makes sense while the maker is asked for one. */
export const sourceLockAwaited = ofIntent('source lock awaited', ({ intent }) => {
  const rank = rankOf(intent)
  const says = `The status is ${statusWords(intent)}`
  if (rank === null) return unknown(`${says}, which nobody has described.`)
  if (rank > WAITING_RANK) return unmet(`${says}: no source lock is awaited any more.`)
  if (rank === WAITING_RANK) return met()
  return intent.status === 'matched'
    ? unknown(`${says}: the coordinator has not asked for the source lock yet.`)
    : unmet(`${says}: the source lock comes after the match.`)
})

/** A second lock would lock funds twice. */
export const noSourceLockYet = ofIntent('no source lock yet', ({ intent }) =>
  isLocked(intent) ? unmet('The source is locked already.') : met(),
)

/** The intent's own deadline bounds what may be submitted and permitted; it is not a timelock. */
export const deadlineAhead = ofIntent('intent deadline ahead', ({ intent, nowMs }) => {
  const deadline = deadlineOf(intent, 'intentDeadline')
  if (deadline === null) return unknown('The deadline of this intent is not known.')
  return nowMs < deadline.atMs
    ? met(`It passes ${utc(deadline.atMs)}.`)
    : unmet(`It passed ${utc(deadline.atMs)}; the backend takes nothing new for it after that.`)
})

/** The backend refuses a permit while its proofs are incomplete; its words for that are not documented. */
export const proofVerified = ofIntent('proof verified', ({ intent }) => {
  const { proofStatus } = intent
  if ((rankOf(intent) ?? 0) >= WAITING_RANK || proofStatus === 'verified') return met()
  return proofStatus === null
    ? unknown('The backend has said nothing of the proof.')
    : unknown(`The proof status is “${proofStatus}”, a word that is not documented.`)
})

/** Whether anything shows a source lock: the status, a transaction, or a time of it. */
export function isLocked(intent: Intent): boolean {
  return (
    intent.fundsLockedAtMs !== null ||
    intent.stages.some(({ phase }) => phase === 'executing') ||
    intent.transactions.some(({ label }) => LOCKED.test(label))
  )
}

function deadlineOf({ deadlines }: Intent, kind: string): Deadline | null {
  return deadlines.find((deadline) => deadline.kind === kind) ?? null
}

function rankOf({ status }: Intent): number | null {
  return wordOf(fusionVocabulary, status)?.rank ?? null
}

function statusWords({ status }: Intent): string {
  return wordOf(fusionVocabulary, status)?.label ?? `“${status}”`
}

function chainWords(chainId: number): string {
  return fusionVocabulary.chains[String(chainId)]?.name ?? `chain ${chainId}`
}
