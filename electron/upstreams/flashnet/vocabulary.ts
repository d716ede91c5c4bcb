import type { StatusClaim } from '../../../shared/intent/fact.ts'
import type { StatusWord, Vocabulary } from '../../../shared/intent/vocabulary.ts'

const MINUTE_MS = 60_000

/**
 * The documentation gives no durations. A client signs a submission for 15 min by default, so that one which is still only
 * accepted then has missed what its signer expected.
 */
const ACCEPTED_WAIT_MS = 15 * MINUTE_MS

/** From a block to the quorum of validators; clients give up watching after 5 min, the longest that anybody calls normal. */
const FINALITY_WAIT_MS = 5 * MINUTE_MS

const accepted: StatusWord = {
  status: 'ACCEPTED',
  phase: 'open',
  rank: 1,
  label: 'Accepted',
  meaning:
    'The gateway holds the signed submission; its deposits, where it has any, were sent before and are being confirmed.',
  nextActor: 'gateway',
  then: 'The gateway confirms the deposits and includes the transaction; if it does not before the deadline, the submission expires and the deposits can be clawed back.',
  tell: 'Your request has arrived and is being processed. If you sent a deposit for it, the gateway is confirming it.',
  normalWaitMs: ACCEPTED_WAIT_MS,
}

const included: StatusWord = {
  status: 'INCLUDED_PENDING_FINALITY',
  phase: 'executing',
  rank: 2,
  label: 'Included, not final',
  meaning: 'The transaction is in a block and ran; the validators have not made it final yet.',
  nextActor: 'validators',
  then: 'A quorum of validators makes it final, which settles it; nothing is to be done meanwhile.',
  tell: 'Your request was carried out and is being made final.',
  normalWaitMs: FINALITY_WAIT_MS,
}

const finalized: StatusWord = {
  status: 'FINALIZED',
  phase: 'completed',
  rank: 3,
  label: 'Finalized',
  meaning:
    'The validators made it final and its settlement was sent off; a payment to Spark is to be seen in the wallet there.',
  nextActor: 'nobody',
  then: 'Nothing more happens here; the arrival of a payment is to be seen in the Spark wallet.',
  tell: 'Your request is complete. If it pays out to Spark, the payment is on its way to your wallet.',
  normalWaitMs: null,
}

const expired: StatusWord = {
  status: 'EXPIRED',
  phase: 'expired',
  rank: 3,
  label: 'Expired',
  meaning: 'The deadline passed before it was carried out; the same content can never be submitted again.',
  nextActor: 'maker',
  then: 'Deposits stay in custody until their sender claws them back or uses them in another submission.',
  tell: 'Your request was not carried out in time. If you sent a deposit for it, it can be taken back or used again.',
  normalWaitMs: null,
}

const oraclePending: StatusWord = {
  ...accepted,
  status: 'ORACLE_PENDING',
  label: 'Waiting for the deposit oracle',
  meaning: 'The gateway holds the signed submission and waits for its oracle to confirm the deposits.',
}

const rejected: StatusWord = { ...expired, status: 'REJECTED', label: 'Rejected' }

/** In the wire's newer, upper case. */
const WORDS = [accepted, oraclePending, included, finalized, expired, rejected]

/** The words that the documentation gives; the first generation's own two count as what its successor made of them. */
export const flashnetVocabulary: Vocabulary = {
  words: WORDS.flatMap((word) => [word, { ...word, status: word.status.toLowerCase() }]),
  stages: [
    { label: 'Accepted', statuses: bothCases('ACCEPTED', 'ORACLE_PENDING') },
    { label: 'Included', statuses: bothCases('INCLUDED_PENDING_FINALITY') },
    { label: 'Finalized', statuses: bothCases('FINALIZED') },
  ],
  // [S] the chain id of every example.
  chains: { '21022': { name: 'Flashnet (regtest)', family: 'evm' } },
}

/** Whether a word says that the gateway will not move a submission any more, in either generation and case. */
export function isOverWord(status: string): boolean {
  return ['FINALIZED', 'EXPIRED', 'REJECTED'].includes(status.toUpperCase())
}

/** Whether a word says that it came to nothing. */
export function isFailureWord(status: string): boolean {
  return ['EXPIRED', 'REJECTED'].includes(status.toUpperCase())
}

/** The claim of a status, verbatim; one that came to nothing for another reason than its deadline is `failed`. */
export function claimOfStatus(status: string, isInTime: boolean): StatusClaim {
  const word = WORDS.find((known) => known.status === status.toUpperCase())
  if (word === undefined) return { status, phase: 'unknown', rank: null }
  return { status, phase: isFailureWord(status) && isInTime ? 'failed' : word.phase, rank: word.rank }
}

function bothCases(...statuses: string[]): string[] {
  return statuses.flatMap((status) => [status, status.toLowerCase()])
}
