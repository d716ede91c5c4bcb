import type { Intent } from '../../../../shared/intent/intent.ts'
import { mainIdOf } from '../../../../shared/intent/mainId.ts'
import type { About, Verdict } from '../../command.ts'
import { met, ofIntent, unknown, unmet, utc } from '../../kit/verdict.ts'
import { evidenceOf, fillsOf, offsetsOf, worstFirst, type Fill } from '../fills.ts'
import { windowsOf, type TimelockName } from '../timelocks.ts'

/** What the system calls an order or a fill of which something is on its way back; one that is back waits for no secret. */
const GOING_BACK = 'refunding'

/** The hash of the order that a command is about; empty without one, which the engine does not let pass. */
export function orderHashOf({ intent }: About): string {
  return intent === null ? '' : mainIdOf(intent)
}

/** What an order that is over waits for no more. */
export const orderNotOver = ofIntent('order not over', ({ intent }) => {
  if (!intent.isTerminal) return met()
  return waitingFills(intent).length === 0
    ? unmet(`The order is over: the system calls it “${intent.status}”.`)
    : unknown(`The system calls the order “${intent.status}”, and a fill of it is not settled.`)
})

/** Once one side is on its way back, the secret would still open the other for the resolver (contract 1inch, part 3.4). */
export const noRefundBegun = ofIntent('no refund begun', ({ intent }) =>
  onNextFill(intent, (fill) => refund(fill, intent)),
)

/** The relayer takes a secret only for a fill that it has listed as ready. */
export const fillReady = ofIntent('a fill waits for its secret', ({ intent }) =>
  onNextFill(intent, (fill) => readiness(fill)),
)

/** A secret given before both sides are locked gives the source away for nothing. */
export const bothEscrowsSeen = ofIntent('both escrows seen', ({ intent }) => onNextFill(intent, escrows))

/** Until then a reorganisation of the destination chain could undo its escrow while the secret is known. */
export const finalityLockOver = ofIntent('finality lock over', ({ intent, nowMs }) =>
  onNextFill(intent, (fill) => finality(fill, intent, nowMs)),
)

/** From then on the resolver may take the destination back and, with the secret, the source too. */
export const cancellationAhead = ofIntent('destination cancellation ahead', ({ intent, nowMs }) =>
  onNextFill(intent, (fill) => cancellation(fill, intent, nowMs)),
)

/** How one fill stands for being given its secret: the first condition that does not hold, else that all do. */
export function fillVerdict(fill: Fill, intent: Intent, nowMs: number): Verdict {
  if (!isWaiting(fill)) return unmet('Its fill waits for no secret any more.')
  const verdicts = [
    refund(fill, intent),
    readiness(fill),
    escrows(fill),
    finality(fill, intent, nowMs),
    cancellation(fill, intent, nowMs),
  ]
  const named =
    verdicts.find(({ state }) => state === 'unmet') ?? verdicts.find(({ state }) => state === 'unknown')
  return named ?? met()
}

/** Fills that are locked, or announced, and whose secret nobody has yet; what runs out first in front. */
export function waitingFills({ parts }: Intent): Fill[] {
  return worstFirst(fillsOf(parts)).filter(isWaiting)
}

function isWaiting(fill: Fill): boolean {
  const evidence = evidenceOf(fill)
  return ['unlocked', 'sourceLocked', 'bothLocked', 'secretWanted'].includes(evidence)
}

/** Of several fills the one that is listed as ready counts, then the one furthest on. */
function onNextFill(intent: Intent, check: (fill: Fill) => Verdict): Verdict {
  const waiting = waitingFills(intent)
  const next = waiting.find(({ isReady }) => isReady) ?? waiting.find(isLocked) ?? waiting[0]
  if (next !== undefined) return check(next)
  return Object.keys(intent.parts['fills'] ?? {}).length === 0
    ? unmet('No resolver has taken any part of this order yet.')
    : unmet('No fill of this order waits for a secret: each has it already or is over.')
}

function refund({ index, status }: Fill, intent: Intent): Verdict {
  if (status === GOING_BACK) return unmet(`The system calls fill ${index} “${status}”.`)
  if (intent.status !== GOING_BACK) return met()
  const words = `The system calls the order “${intent.status}”`
  return status === ''
    ? unmet(`${words}, and says nothing else of the fill.`)
    : unknown(`${words}, and its fill ${index} “${status}”.`)
}

function readiness(fill: Fill): Verdict {
  if (fill.isReady) return met(`Fill ${fill.index} is listed as ready.`)
  return isLocked(fill)
    ? unknown('Both escrows stand, and nothing known says that the relayer is ready for the secret.')
    : unmet('The relayer asks for the secret once both escrows stand.')
}

function escrows(fill: Fill): Verdict {
  const missing = (['source', 'destination'] as const).filter((side) => fill[side].created === null)
  if (missing.length === 0) return met('By the word of the API; what they hold only their chains can say.')
  const words = `The ${missing.join(' and the ')} escrow has not been seen.`
  return fill.isReady ? unknown(`${words} The relayer lists the fill as ready all the same.`) : unmet(words)
}

function finality(fill: Fill, intent: Intent, nowMs: number): Verdict {
  const atMs = opensAtMs(fill, intent, 'destinationWithdrawal')
  if (atMs === null) return unknown('When the finality lock of the destination ends is not known.')
  return nowMs < atMs
    ? unmet(`The finality lock of the destination runs until ${utc(atMs)}.`, atMs)
    : met(`It ended ${utc(atMs)} by the clock of this machine; the chain goes by its own.`)
}

function cancellation(fill: Fill, intent: Intent, nowMs: number): Verdict {
  const atMs = opensAtMs(fill, intent, 'destinationCancellation')
  if (atMs === null) return unknown('When the destination may be cancelled is not known.')
  return nowMs < atMs
    ? met(`The resolver may take it back from ${utc(atMs)} on.`)
    : unmet(
        `Since ${utc(atMs)} the resolver may take the destination back; with the secret it could take the source as well.`,
      )
}

function isLocked({ source, destination }: Fill): boolean {
  return source.created !== null && destination.created !== null
}

/** When a window of the destination escrow opens, by that escrow's own clock, epoch milliseconds; null when it is not known. */
function opensAtMs({ destination }: Fill, { parts }: Intent, window: TimelockName): number | null {
  const offsets = offsetsOf(parts)
  const createdMs = destination.created?.atMs ?? null
  if (offsets === null || createdMs === null) return null
  return windowsOf(offsets, 'destination', createdMs).find(({ name }) => name === window)?.fromMs ?? null
}
