import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'

const MINUTE_MS = 60_000

/** A person signs in a wallet; the deadlines in the documentation's samples are of this order. */
const APPROVAL_WAIT_MS = 15 * MINUTE_MS

/** Only the resolver's own answer is waited for: seconds in a calm hour, minutes in a busy one. */
const RESOLVER_WAIT_MS = 5 * MINUTE_MS

/** The user's deposit has to be sent and become final on the slowest source, where six blocks of Bitcoin take an hour. */
const DEPOSIT_WAIT_MS = 60 * MINUTE_MS

/** The resolver pays out and converts; no time is documented, and half an hour covers finality on both networks. */
const SWAP_WAIT_MS = 30 * MINUTE_MS

/** Who refunds, and how, is not documented; a lock has to run out first, and a day is what a person may be told. */
const REFUND_WAIT_MS = 24 * 60 * MINUTE_MS

/** Status of an intent that nobody has approved yet. */
export const CREATED_STATUS = 'Created'

/** Status of an intent whose funds are in the source escrow. */
export const DEPOSITED = 'Deposited'

/** Status of an intent whose funds somebody wants back. */
export const REFUND_REQUESTED = 'RefundRequested'

/** The nine documented words (docs.changelly.com/defi/api_execution); their moves are not documented, the set is open. */
export const defiVocabulary: Vocabulary = {
  words: [
    {
      status: CREATED_STATUS,
      phase: 'created',
      rank: 0,
      label: 'Created',
      meaning: 'The intent exists and nobody has approved it yet; no funds have moved.',
      nextActor: 'maker',
      then: 'The maker signs the approval; if nobody does before the deadline, the intent expires and no funds move.',
      tell: 'Your request has been prepared and waits for your approval. No funds have moved.',
      normalWaitMs: APPROVAL_WAIT_MS,
    },
    {
      status: 'Approved',
      phase: 'open',
      rank: 1,
      label: 'Approved',
      meaning: 'The maker’s signature is attached; the resolver has not accepted it yet.',
      nextActor: 'resolver',
      then: 'The resolver checks and accepts the intent; if it declines, the intent fails and no funds move.',
      tell: 'Your approval has arrived and is being checked. No funds have moved.',
      normalWaitMs: RESOLVER_WAIT_MS,
    },
    {
      status: 'Verified',
      phase: 'matched',
      rank: 2,
      label: 'Verified',
      meaning:
        'The resolver has accepted the intent; the funds are on their way to the source escrow or about to be.',
      nextActor: 'resolver',
      then: 'The maker’s tokens are brought into the source escrow; if they never are, the intent expires.',
      tell: 'A counterparty has accepted your swap. Your funds are about to be moved into escrow.',
      normalWaitMs: DEPOSIT_WAIT_MS,
    },
    {
      status: DEPOSITED,
      phase: 'executing',
      rank: 3,
      label: 'Deposited',
      meaning: 'The maker’s tokens are in the source escrow; the resolver has to pay out on the destination.',
      nextActor: 'resolver',
      then: 'The resolver pays out; if it does not, the escrow’s deadline passes and the funds can be refunded.',
      tell: 'Your funds are in escrow and the payout is under way. If it does not come, they can be refunded.',
      normalWaitMs: SWAP_WAIT_MS,
    },
    {
      status: REFUND_REQUESTED,
      phase: 'refunding',
      rank: 4,
      label: 'Refund requested',
      meaning: 'Somebody asked that the funds go back; this API does not say who, nor has it a way to ask.',
      nextActor: 'resolver',
      then: 'The escrow sends the funds to the refund address; if it does not, ask the support of the system.',
      tell: 'A refund has been requested. Your funds go back to the refund address that was given with the swap.',
      normalWaitMs: REFUND_WAIT_MS,
    },
    {
      status: 'Finished',
      phase: 'completed',
      rank: 5,
      label: 'Finished',
      meaning: 'The system says that the target tokens were received.',
      nextActor: 'nobody',
      then: 'Nothing more happens.',
      tell: 'Your swap is complete.',
      normalWaitMs: null,
    },
    {
      status: 'Failed',
      phase: 'failed',
      rank: 5,
      label: 'Failed',
      meaning:
        'The resolver declined; funds that were deposited all the same are not back merely because of this word.',
      nextActor: 'maker',
      then: 'Without a deposit nothing has to be done; with one, the funds are in escrow until they are refunded.',
      tell: 'The swap did not go through. If your funds were deposited, we follow them until they are back.',
      normalWaitMs: null,
    },
    {
      status: 'Expired',
      phase: 'expired',
      rank: 5,
      label: 'Expired',
      meaning: 'The intent expired before it was executed; a deposit may have come too late.',
      nextActor: 'maker',
      then: 'Without a deposit nothing has to be done; with one, the funds are in escrow until they are refunded.',
      tell: 'The swap ran out of time. If your funds were deposited, we follow them until they are back.',
      normalWaitMs: null,
    },
    {
      status: 'Refunded',
      phase: 'refunded',
      rank: 5,
      label: 'Refunded',
      meaning: 'The system says that the funds went back to the refund address; it names no transaction.',
      nextActor: 'nobody',
      then: 'Nothing more happens; the transaction can be found on the source network by the refund address.',
      tell: 'Your funds were sent back to your refund address.',
      normalWaitMs: null,
    },
  ],
  stages: [
    { label: 'Created', statuses: [CREATED_STATUS] },
    { label: 'Approved', statuses: ['Approved'] },
    { label: 'Verified', statuses: ['Verified'] },
    { label: 'Deposited', statuses: [DEPOSITED] },
    { label: 'Finished', statuses: ['Finished'] },
  ],
  // Internal network ids, not chain ids: [S][G1] 1, [G1] 2, [S] 4 by the mint under it. All others are read from the system.
  chains: {
    '1': { name: 'Ethereum', family: 'evm' },
    '2': { name: 'Tron', family: 'tron' },
    '4': { name: 'Solana', family: 'solana' },
  },
}
