import { numberText } from '../kit/exactJson.ts'
import { instantOf } from '../kit/wireValues.ts'
import type { IntentBody } from './wire.ts'
import { DEPOSITED, REFUND_REQUESTED } from './vocabulary.ts'

/** How far the money has come, whichever generation told it. Instants are epoch milliseconds; null: not said or not yet. */
export interface Progress {
  depositTx: string | null
  payoutTx: string | null
  swapTx: string | null
  createdAtMs: number | null
  depositedAtMs: number | null
  fulfilledAtMs: number | null
  swappedAtMs: number | null
  refundedAtMs: number | null
  /** The answer has room for every transaction and time of the way, so that an absent one has not happened. */
  isComplete: boolean
}

/** An id as text; null when not said. */
export function textOfId(value: unknown): string | null {
  return typeof value === 'string' ? textOf(value) : numberText(value)
}

/** The progress that an answer tells. */
export function progressOf({ swap_metadata: swap, from, to }: IntentBody): Progress {
  return {
    depositTx: textOf(swap?.user_deposit_tx) ?? textOf(from?.tx),
    payoutTx: textOf(swap?.fulfill_tx) ?? textOf(to?.tx),
    swapTx: textOf(swap?.swap_tx),
    createdAtMs: instantOf(swap?.created_at),
    depositedAtMs: instantOf(swap?.user_deposited_at) ?? instantOf(from?.tx_at),
    fulfilledAtMs: instantOf(swap?.fulfilled_at) ?? instantOf(to?.tx_at),
    swappedAtMs: instantOf(swap?.swapped_at),
    refundedAtMs: instantOf(swap?.refunded_at),
    isComplete: textOf(swap?.user_deposit_tx) !== null,
  }
}

/** When the system says that a status was entered; null where it gives no time for it. */
export function enteredAtMs(status: string, progress: Progress): number | null {
  switch (status) {
    case DEPOSITED:
      return progress.depositedAtMs
    case 'Finished':
      return progress.swappedAtMs === null || progress.fulfilledAtMs === null
        ? (progress.swappedAtMs ?? progress.fulfilledAtMs)
        : Math.max(progress.swappedAtMs, progress.fulfilledAtMs)
    case 'Refunded':
      return progress.refundedAtMs
    default:
      return null
  }
}

/** Whether the funds are, or were, in the source escrow. */
export function isLocked(status: string, { depositTx }: Progress): boolean {
  return depositTx !== null || status === DEPOSITED || status === REFUND_REQUESTED
}

/** Whether they came out. While the status says that they are in escrow, a transaction of the payout proves nothing. */
export function isReleased(status: string, { payoutTx, refundedAtMs }: Progress): boolean {
  if (status === DEPOSITED || status === REFUND_REQUESTED) return false
  return payoutTx !== null || refundedAtMs !== null
}

/** Whether funds that were locked may still be there. A final word counts for a proof only where none could be shown. */
export function isAtRisk(status: string, progress: Progress): boolean {
  if (!isLocked(status, progress) || isReleased(status, progress)) return false
  return progress.isComplete || (status !== 'Finished' && status !== 'Refunded')
}

function textOf(value: string | null | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : value
}
