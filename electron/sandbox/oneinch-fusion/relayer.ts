import type { Answer, GarbledAnswer } from '../kit/answer.ts'
import type { Book } from '../kit/book.ts'
import { failure } from '../kit/doorkeeper.ts'
import type { OpenLives } from '../kit/lives.ts'
import type { Random } from '../kit/random.ts'
import { signedOrderIn } from '../kit/signedOrder.ts'
import { writeSubmitted, type OrderTurn } from './life.ts'
import { submittedOrder, type SandboxOrder } from './order.ts'

/** The chain of this story. */
const CHAIN_ID = 1

/** An order that was taken is answered without a body. */
const TAKEN: GarbledAnswer = { status: 201, text: '' }

/** What a relayer puts a submitted order into. */
export interface RelayerOptions {
  book: Book<SandboxOrder>
  story: OpenLives<SandboxOrder, OrderTurn>
  random: Random
  nowMs: () => number
}

/** Takes a signed order: it is told and will be filled. The same order again changes nothing. Never throws. */
export function submit(text: string, { book, story, random, nowMs }: RelayerOptions): Answer | GarbledAnswer {
  try {
    const signed = signedOrderIn(JSON.parse(text) as Record<string, unknown>, CHAIN_ID)
    if (signed.deadlineMs <= nowMs()) return failure(400, 'Bad Request', 'order is expired')
    if (book.find(signed.orderHash) !== undefined) return TAKEN
    story.enter(() => {
      const subject = submittedOrder(signed, nowMs())
      book.add(subject)
      return { subject, turns: writeSubmitted(random.branch(signed.orderHash)) }
    })
    return TAKEN
  } catch (error) {
    return failure(400, 'Bad Request', error instanceof Error ? error.message : String(error))
  }
}
