import type { Random } from '../kit/random.ts'
import { transactionOn, uuid, type Status, type Swap } from './swap.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** From creation until no approval can be added any more: a usual time for a wallet to be unlocked in. */
export const DEADLINE_MS = 10 * MINUTE

/** What happens to a swap at an instant, epoch milliseconds. */
export type Deed = (swap: Swap, at: { atMs: number; random: Random }) => void

/** One turn of a life, story milliseconds after the creation. */
export interface Turn {
  afterMs: number
  deed: Deed
}

/** How lives end, with their weights: most well, some stuck at every stage, some failing, expiring or refunded. */
const ENDS = [
  ['finished', 0.73],
  ['unapproved', 0.06],
  ['declined', 0.06],
  ['stuckApproved', 0.01],
  ['stuckVerified', 0.02],
  ['stuckDeposited', 0.02],
  ['stuckPaidOut', 0.01],
  ['refunded', 0.05],
  ['stuckRefund', 0.01],
  ['lateDeposit', 0.03],
] as const

type End = (typeof ENDS)[number][0]

/** The turns of one life, earliest first. */
export function writeLife(random: Random): Turn[] {
  const end = pickEnd(random)
  const turns: Turn[] = []
  let afterMs = 0
  const then = (medianMs: number, deed: Deed): void => {
    afterMs += random.around(medianMs, 0.5)
    turns.push({ afterMs, deed })
  }
  const at = (fixedMs: number, deed: Deed): void => {
    afterMs = Math.max(afterMs, fixedMs)
    turns.push({ afterMs, deed })
  }
  if (end === 'unapproved') at(DEADLINE_MS, become('Expired'))
  if (end === 'unapproved') return turns
  then(25 * SECOND, become('Approved'))
  if (end === 'stuckApproved') return turns
  if (end === 'declined') then(12 * SECOND, become('Failed'))
  if (end === 'declined') return turns
  then(8 * SECOND, verify)
  if (end === 'stuckVerified') return turns
  if (end === 'lateDeposit') {
    at(DEADLINE_MS, become('Expired'))
    then(20 * SECOND, depositLate)
    if (random.chance(0.5)) then(25 * MINUTE, refund)
    return turns
  }
  then(50 * SECOND, deposit)
  if (end === 'stuckDeposited') return turns
  if (end === 'refunded' || end === 'stuckRefund') {
    then(8 * MINUTE, become('RefundRequested'))
    if (end === 'refunded') then(4 * MINUTE, refund)
    return turns
  }
  then(40 * SECOND, payOut)
  if (end === 'stuckPaidOut') return turns
  then(15 * SECOND, finish)
  return turns
}

/** An intent that nobody has approved in time. */
export const expireUnapproved: Deed = (swap, at) => {
  if (swap.status === 'Created') become('Expired')(swap, at)
}

/** The maker's approval is attached. */
export const approve: Deed = become('Approved')

/** What becomes of a swap that a person has approved: all goes well. */
export function writeApprovedLife(random: Random): Turn[] {
  const steps: [medianMs: number, deed: Deed][] = [
    [8 * SECOND, verify],
    [50 * SECOND, deposit],
    [40 * SECOND, payOut],
    [15 * SECOND, finish],
  ]
  let afterMs = 0
  return steps.map(([medianMs, deed]) => {
    afterMs += random.around(medianMs, 0.5)
    return { afterMs, deed }
  })
}

function pickEnd(random: Random): End {
  let left = random.next()
  for (const [end, weight] of ENDS) {
    left -= weight
    if (left < 0) return end
  }
  return 'finished'
}

/** Gives a swap its next word. */
function become(status: Status): Deed {
  return (swap) => {
    swap.statusBefore = swap.status
    swap.status = status
  }
}

const verify: Deed = (swap, at) => {
  become('Verified')(swap, at)
  swap.swapId = uuid(at.random)
  swap.swapCreatedAtMs = at.atMs
  swap.proxyAddress = swap.from.network.type === 'EVM' ? at.random.hex(20) : swap.from.address
}

const deposit: Deed = (swap, at) => {
  become('Deposited')(swap, at)
  depositLate(swap, at)
}

/** The funds come, whatever the status says. */
const depositLate: Deed = (swap, { atMs, random }) => {
  swap.depositTx = transactionOn(swap.from.network, random)
  swap.depositedAtMs = atMs
}

const payOut: Deed = (swap, { atMs, random }) => {
  swap.fulfillTx = transactionOn(swap.to.network, random)
  swap.fulfilledAtMs = atMs
}

const finish: Deed = (swap, at) => {
  become('Finished')(swap, at)
  swap.swapTx = transactionOn(swap.from.network, at.random)
  swap.swappedAtMs = at.atMs
}

const refund: Deed = (swap, at) => {
  become('Refunded')(swap, at)
  swap.refundedAtMs = at.atMs
}
