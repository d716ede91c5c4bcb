import { expect, it } from 'vitest'
import { NO_ANSWER } from './answer.ts'
import { settableClock } from './clock.ts'
import { createReplyFaults } from './replyFaults.ts'

function startCounting(): {
  clock: ReturnType<typeof settableClock>
  apply: (verb: string, amount: number) => void
  carry: () => unknown
  close: () => void
  doneCount: () => number
} {
  const clock = settableClock(0)
  const replies = createReplyFaults(clock)
  let count = 0
  return {
    clock,
    apply: (verb, amount) => replies.verbs[verb]?.begin(amount),
    carry: () => replies.carry(() => (count += 1)),
    close: replies.close,
    doneCount: () => count,
  }
}

it('leaves a request alone until it is told', () => {
  const { carry } = startCounting()
  expect(carry()).toBe(1)
})

it('carries out and does not answer, so many times', () => {
  const { apply, carry, doneCount } = startCounting()
  apply('lose-reply', 2)
  expect([carry(), carry(), carry()]).toEqual([NO_ANSWER, NO_ANSWER, 3])
  expect(doneCount()).toBe(3)
})

it('carries one out only later', () => {
  const { clock, apply, carry, doneCount } = startCounting()
  apply('apply-late', 30)
  expect(carry()).toBe(NO_ANSWER)
  expect(carry()).toBe(1)
  clock.advanceBy(29_999)
  expect(doneCount()).toBe(1)
  clock.advanceBy(1)
  expect(doneCount()).toBe(2)
})

it('carries nothing out after its end', () => {
  const { clock, apply, carry, close, doneCount } = startCounting()
  apply('apply-late', 30)
  carry()
  close()
  clock.advanceBy(60_000)
  expect(doneCount()).toBe(0)
})
