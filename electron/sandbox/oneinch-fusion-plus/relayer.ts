import type { Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import type { Answer, GarbledAnswer } from '../kit/answer.ts'
import type { Book } from '../kit/book.ts'
import { failure } from '../kit/doorkeeper.ts'
import type { OpenLives } from '../kit/lives.ts'
import type { Random } from '../kit/random.ts'
import { signedOrderIn } from '../kit/signedOrder.ts'
import { createStoryline } from '../kit/storyline.ts'
import type { SystemOptions } from '../system.ts'
import { writeSubmitted, type OrderTurn, type Told } from './life.ts'
import { submittedOrder, type EscrowEvent, type SandboxFill, type SandboxOrder } from './order.ts'

/** What was taken is answered without a body. */
const TAKEN: GarbledAnswer = { status: 201, text: '' }

/** Story time from a secret to the resolver's payout, and from there to its own withdrawal, milliseconds: some blocks each. */
const PAYOUT_MS = 10_000
const COLLECT_MS = 15_000

/** What the relayer works on. */
export interface RelayerOptions {
  book: Book<SandboxOrder>
  story: OpenLives<SandboxOrder, OrderTurn>
  random: Random
  tell: (told: Told, order: SandboxOrder) => void
}

/** Takes orders and secrets, each as the text of a request's body. Never throws. */
export interface Relayer {
  /** The order is told, filled, and then waits for its secret. The same order again changes nothing. */
  submit: (text: string) => Answer | GarbledAnswer
  /** The resolver of the fill that waits pays and collects. A secret that is out already changes nothing. */
  submitSecret: (text: string) => Answer | GarbledAnswer
  close: () => void
}

/** A relayer that has heard nothing yet. */
export function createRelayer(
  { world, clock, rate }: Pick<SystemOptions, 'world' | 'clock' | 'rate'>,
  { book, story, random, tell }: RelayerOptions,
): Relayer {
  const payouts = createStoryline<(atMs: number) => void>({ clock, rate }, (deed, storyMs) => {
    deed(payouts.wallMs(storyMs))
  })
  payouts.begin()

  function payOut(order: SandboxOrder, fill: SandboxFill): void {
    const chance = random.branch(`${order.orderHash} ${fill.idx}`)
    const withdraw = (side: EscrowEvent['side'], atMs: number): void => {
      const blockTimestamp = Math.floor(atMs / 1_000) * 1_000
      const escrow = fill.escrows[side]
      fill.events.push({ transactionHash: chance.hex(32), escrow, side, action: 'withdrawn', blockTimestamp })
    }
    fill.isSecretOut = true
    fill.isReady = false
    // What was written for this fill came to a refund; from here on it goes another way.
    fill.isTakenOver = true
    tell({ event: 'secret_shared', fill: order.fills.indexOf(fill) }, order)
    payouts.add(payouts.nowMs() + PAYOUT_MS, (atMs) => {
      withdraw('dst', atMs)
    })
    payouts.add(payouts.nowMs() + PAYOUT_MS + COLLECT_MS, (atMs) => {
      withdraw('src', atMs)
      fill.status = 'executed'
      if (order.remaining === 0n) order.status = 'executed'
    })
    payouts.wake()
  }

  return {
    submit: (text) =>
      refusing(() => {
        const body = objectIn(text)
        const signed = signedOrderIn(body, Number(body['srcChainId']))
        if (signed.deadlineMs <= clock.nowMs()) throw new RangeError('order is expired')
        if (book.find(signed.orderHash) !== undefined) return
        const subject = submittedOrder(signed, body, clock.nowMs())
        story.enter(() => {
          book.add(subject)
          return { subject, turns: writeSubmitted(subject, world.cast, random.branch(signed.orderHash)) }
        })
      }),
    submitSecret: (text) =>
      refusing(() => {
        const { orderHash, secret } = objectIn(text)
        const order = book.find(String(orderHash))
        if (order === undefined) throw new RangeError('order not found')
        const idx = order.secretHashes.indexOf(keccak256(secret as Hex))
        const fill = order.fills.find((one) => one.idx === idx)
        if (fill === undefined) throw new RangeError('invalid secret')
        if (fill.isSecretOut) return
        if (!fill.isReady) throw new RangeError('fill is not ready to accept secret')
        order.secrets[idx] = String(secret)
        payOut(order, fill)
      }),
    close: payouts.close,
  }
}

function refusing(take: () => void): Answer | GarbledAnswer {
  try {
    take()
    return TAKEN
  } catch (error) {
    return failure(400, 'Bad Request', error instanceof Error ? error.message : String(error))
  }
}

function objectIn(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new TypeError('the body must be an object')
  return value as Record<string, unknown>
}
