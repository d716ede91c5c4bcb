import type { WordsOfStatus } from '../../../shared/intent/vocabulary.ts'
import type { Evidence } from './fills.ts'
import type { TimelockName } from './timelocks.ts'

/** Where an order or one fill of it can stand. */
export type StageName =
  | 'unfillable'
  | 'auction'
  | 'auctionOver'
  | 'fillAnnounced'
  | 'destinationMissing'
  | 'finalityLock'
  | 'secretDue'
  | 'secretWanted'
  | 'payoutPending'
  | 'payoutOpen'
  | 'destinationRefundDue'
  | 'sourceRefundWaits'
  | 'sourceRefundDue'
  | 'sourceRefundOpen'
  | 'collectPending'
  | 'collectOpen'
  | 'collectMissed'
  | 'rescued'

/** What a stage means, until when its next actor must have acted, and how long waiting in it is normal. */
export interface StageWords extends WordsOfStatus {
  /** Kind of the deadline; null when nothing limits it. */
  by: TimelockName | 'auctionEnd' | 'intentDeadline' | null
  /** Milliseconds from the beginning of the stage; null when it ends by itself. */
  normalWaitMs: number | null
}

/** One step of a course: the stage, and what begins it. */
export interface Step {
  stage: StageName
  /** `evidence`: what was said of the fill; else the opening of a timelock window. */
  from: 'evidence' | TimelockName
}

const MINUTE_MS = 60_000

/** Resolvers lock the destination once the source is final, which takes the slowest of the chains here some minutes. */
const DESTINATION_WAIT_MS = 5 * MINUTE_MS

/** A wallet that is online shares a secret within seconds of being asked. */
const SECRET_WAIT_MS = 2 * MINUTE_MS

/** One transaction, which its sender has prepared beforehand. */
const TRANSACTION_WAIT_MS = 3 * MINUTE_MS

/** The resolver loses the safety deposit to others when it is late, so it is not late without a reason. */
const REFUND_WAIT_MS = 5 * MINUTE_MS

/** The relayer takes an order off shortly after its deadline. */
const EXPIRY_WAIT_MS = 2 * MINUTE_MS

/** What somebody else may do already is overdue with whoever should have done it. */
const AT_ONCE_MS = 0

/** "Where is it stuck, who acts next, by when" (source: contract page of 1inch, section 3.5), as data. */
export const STAGES: Record<StageName, StageWords> = {
  unfillable: {
    label: 'Cannot be filled',
    meaning:
      'No resolver can fill the order at present: balance, allowance, permit or another condition is not good.',
    nextActor: 'maker',
    then: 'The maker restores what is missing before the deadline; if not, the order expires and no funds move.',
    tell: 'Your order cannot be filled as it stands: please check the balance and the approval of your token.',
    by: 'intentDeadline',
    normalWaitMs: 5 * MINUTE_MS,
  },
  auction: {
    label: 'Auction running',
    meaning:
      'The order is offered at a price that becomes better for resolvers as time passes; no funds are locked.',
    nextActor: 'resolver',
    then: 'A resolver takes the order at the price of its choice; if none does, it expires. The maker may cancel it on chain.',
    tell: 'Your order is in its auction and waits for the best offer. No funds have moved.',
    by: 'auctionEnd',
    normalWaitMs: null,
  },
  auctionOver: {
    label: 'Auction over, not filled',
    meaning:
      'The auction has ended at the least that the maker accepts, and no resolver took the order, or what is left of it.',
    nextActor: 'resolver',
    then: 'A resolver may still fill it until the deadline; then it expires and no funds move.',
    tell: 'Nobody has taken your order yet, and it will expire soon. No funds have moved.',
    by: 'intentDeadline',
    normalWaitMs: EXPIRY_WAIT_MS,
  },
  fillAnnounced: {
    label: 'Fill announced',
    meaning: 'A resolver has begun to fill the order, and no escrow of it has been seen yet.',
    nextActor: 'resolver',
    then: 'The resolver creates the source escrow; if it does not, the order stays in its auction.',
    tell: 'A counterparty has been found, and your swap is beginning.',
    by: 'intentDeadline',
    normalWaitMs: DESTINATION_WAIT_MS,
  },
  destinationMissing: {
    label: 'Source locked, destination missing',
    meaning:
      'The maker’s funds are in the source escrow; the resolver has not locked its own on the destination chain yet.',
    nextActor: 'resolver',
    then: 'This resolver creates the destination escrow; if it never does, the source funds go back to the maker after the source cancellation time.',
    tell: 'Your funds are locked for the swap and protected by a time limit; the counterparty is to lock its side now.',
    by: 'sourceCancellation',
    normalWaitMs: DESTINATION_WAIT_MS,
  },
  finalityLock: {
    label: 'Finality lock running',
    meaning: 'Both escrows exist, and everybody waits until the destination chain cannot take its own back.',
    nextActor: 'nobody',
    then: 'The lock ends by itself; then the maker’s client gives the secret.',
    tell: 'Both sides are locked, and the chains are confirming it.',
    by: 'destinationWithdrawal',
    normalWaitMs: null,
  },
  secretDue: {
    label: 'Secret due',
    meaning:
      'Both escrows exist and the finality lock is over; the relayer has not said that it waits for the secret, nor that it has it.',
    nextActor: 'maker',
    then: 'The maker’s client checks the escrows and gives the secret; without it both sides are cancelled after their time.',
    tell: 'Please keep the app open in which you placed the order: it has to release the swap.',
    by: 'destinationCancellation',
    normalWaitMs: SECRET_WAIT_MS,
  },
  secretWanted: {
    label: 'Waiting for the maker’s secret',
    meaning: 'The relayer waits for the secret of this fill, which only the maker’s client has.',
    nextActor: 'maker',
    then: 'The maker’s client gives the secret; if it stays offline, both sides are cancelled after their time and the funds go back.',
    tell: 'Please open the app in which you placed the order: it has to release the swap.',
    by: 'destinationCancellation',
    normalWaitMs: SECRET_WAIT_MS,
  },
  payoutPending: {
    label: 'Secret out, payout pending',
    meaning: 'The secret is public, and the resolver can pay the maker out on the destination chain.',
    nextActor: 'resolver',
    then: 'The resolver withdraws to the maker; if it does not, any resolver may after the public withdrawal time.',
    tell: 'Your payout has been released and is on its way.',
    by: 'destinationCancellation',
    normalWaitMs: TRANSACTION_WAIT_MS,
  },
  payoutOpen: {
    label: 'Payout open to any resolver',
    meaning:
      'The resolver let its own time pass; any resolver may pay the maker out now and earns the safety deposit.',
    nextActor: 'any resolver',
    then: 'A resolver withdraws to the maker; after the destination cancellation time the payout is no longer possible.',
    tell: 'Your payout is late; others can complete it now, and we are following it.',
    by: 'destinationCancellation',
    normalWaitMs: AT_ONCE_MS,
  },
  destinationRefundDue: {
    label: 'Destination refund due',
    meaning:
      'The payout was not made in time; the resolver takes its destination funds back, and the source follows.',
    nextActor: 'resolver',
    then: 'Only the resolver can cancel the destination escrow; the maker’s funds go back after the source cancellation time.',
    tell: 'The swap did not complete in time. Your funds are still locked and go back after a time limit.',
    by: 'sourceCancellation',
    normalWaitMs: AT_ONCE_MS,
  },
  sourceRefundWaits: {
    label: 'Refund waits for its time',
    meaning:
      'The swap will not happen, and the source escrow cannot be cancelled before its cancellation time.',
    nextActor: 'nobody',
    then: 'At the source cancellation time the resolver may return the funds to the maker.',
    tell: 'The swap did not go through; your funds go back as soon as their time limit has passed.',
    by: 'sourceCancellation',
    normalWaitMs: null,
  },
  sourceRefundDue: {
    label: 'Source refund due',
    meaning:
      'The source escrow can be cancelled, which returns the funds to the maker; a maker cannot do that itself.',
    nextActor: 'resolver',
    then: 'The resolver cancels the source escrow; after the public cancellation time any resolver may.',
    tell: 'Your funds can go back now, and we are watching that they do.',
    by: 'sourcePublicCancellation',
    normalWaitMs: REFUND_WAIT_MS,
  },
  sourceRefundOpen: {
    label: 'Source refund open to any resolver',
    meaning:
      'The resolver let its own time pass; any resolver may return the funds to the maker and earns the safety deposit.',
    nextActor: 'any resolver',
    then: 'A resolver cancels the source escrow; days later the first resolver could rescue the funds to itself.',
    tell: 'Your refund is late; others can complete it now, and we are following it.',
    by: null,
    normalWaitMs: AT_ONCE_MS,
  },
  collectPending: {
    label: 'Maker paid, resolver collects',
    meaning:
      'The maker has been paid on the destination chain; the resolver has yet to take the source funds.',
    nextActor: 'resolver',
    then: 'The resolver withdraws from the source escrow; after the public withdrawal time any resolver may do it for it.',
    tell: 'You have been paid.',
    by: 'sourceCancellation',
    normalWaitMs: null,
  },
  collectOpen: {
    label: 'Maker paid, collecting open to any resolver',
    meaning: 'The maker has been paid; any resolver may now move the source funds to the one who paid.',
    nextActor: 'any resolver',
    then: 'A resolver withdraws from the source escrow; past its cancellation time a cancel would return the funds to the maker.',
    tell: 'You have been paid.',
    by: 'sourceCancellation',
    normalWaitMs: null,
  },
  collectMissed: {
    label: 'Maker paid, source not collected',
    meaning:
      'The maker has been paid, and the resolver did not take the source funds in time; a cancel returns them to the maker.',
    nextActor: 'resolver',
    then: 'Whoever cancels the source escrow returns its funds to the maker, who then has both sides.',
    tell: 'You have been paid.',
    by: 'sourcePublicCancellation',
    normalWaitMs: AT_ONCE_MS,
  },
  rescued: {
    label: 'Funds rescued',
    meaning:
      'Funds were taken out of an escrow by rescue, which goes to the resolver and is not part of any ordinary way.',
    nextActor: 'operator',
    then: 'Nothing more happens by itself: find out from the resolver why, and whether the maker was paid.',
    tell: 'Something unusual happened to your swap, and we are asking the party that carries it out.',
    by: null,
    normalWaitMs: AT_ONCE_MS,
  },
}

const REFUND: readonly Step[] = [
  { stage: 'sourceRefundDue', from: 'sourceCancellation' },
  { stage: 'sourceRefundOpen', from: 'sourcePublicCancellation' },
]

const PAYOUT_MISSED: readonly Step[] = [
  { stage: 'destinationRefundDue', from: 'destinationCancellation' },
  ...REFUND,
]

/** Which stages a fill goes through by time alone, by what is known of it. */
export const COURSES: Record<Exclude<Evidence, 'settled'>, readonly Step[]> = {
  rescued: [{ stage: 'rescued', from: 'evidence' }],
  unlocked: [{ stage: 'fillAnnounced', from: 'evidence' }],
  sourceLocked: [{ stage: 'destinationMissing', from: 'evidence' }, ...REFUND],
  bothLocked: [
    { stage: 'finalityLock', from: 'evidence' },
    { stage: 'secretDue', from: 'destinationWithdrawal' },
    ...PAYOUT_MISSED,
  ],
  secretWanted: [{ stage: 'secretWanted', from: 'evidence' }, ...PAYOUT_MISSED],
  secretOut: [
    { stage: 'payoutPending', from: 'evidence' },
    { stage: 'payoutOpen', from: 'destinationPublicWithdrawal' },
    ...PAYOUT_MISSED,
  ],
  destinationReturned: [{ stage: 'sourceRefundWaits', from: 'evidence' }, ...REFUND],
  makerPaid: [
    { stage: 'collectPending', from: 'evidence' },
    { stage: 'collectOpen', from: 'sourcePublicWithdrawal' },
    { stage: 'collectMissed', from: 'sourceCancellation' },
  ],
}

/** The same once the system itself says that it refunds. */
export const REFUNDING: readonly Step[] = [{ stage: 'sourceRefundWaits', from: 'evidence' }, ...REFUND]
