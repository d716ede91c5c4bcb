import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyFact,
  beginIntent,
  compareOrder,
  foldFacts,
  inHistoryOrder,
  orderKeyOf,
  type HeardFact,
} from './fold.ts'
import { head, heard, T0, vocabulary, type Sketch } from './testSystem.ts'
import { timelineOf } from './timeline.ts'

const fold = (...sketches: Sketch[]) => foldFacts(head, sketches.map(heard))

describe('history order', () => {
  it('is the time by the system, whatever arrived first', () => {
    const intent = fold(
      { status: 'executing', at: 20, received: 100 },
      { status: 'open', at: 10, received: 200 },
    )
    expect(intent.status).toBe('executing')
    expect(intent.stages.map(({ status }) => status)).toEqual(['open', 'executing'])
  })

  it('falls back to the time of sending, then to ours', () => {
    expect(orderKeyOf(heard({ emitted: 5, received: 9 }))).toMatchObject({
      atMs: T0 + 5,
      emittedAtMs: T0 + 5,
    })
    expect(orderKeyOf(heard({ received: 9 }))).toMatchObject({ atMs: T0 + 9, emittedAtMs: T0 + 9, rank: -1 })
  })

  it('takes the claim further forward as the later of two of one instant', () => {
    const matched = { status: 'executing', at: 10, emitted: 11, received: 50 }
    const earlier = { status: 'open', at: 10, emitted: 12, received: 60 }
    for (const order of [
      [matched, earlier],
      [earlier, matched],
    ]) {
      const intent = fold(...order)
      expect(intent.status).toBe('executing')
      expect(intent.flags).toEqual([])
      expect(intent.contradictions).toEqual([])
    }
  })
})

describe('fold', () => {
  it('believes the newest claim and counts the phase from the first of equal ones', () => {
    const intent = fold(
      { status: 'open', at: 0 },
      { status: 'open', at: 50 },
      { status: 'locking', at: 90 },
      { status: 'locking', at: 95 },
    )
    expect(intent).toMatchObject({
      status: 'locking',
      phase: 'locking',
      phaseSinceMs: T0 + 90,
      isTerminal: false,
    })
    expect(intent.stages).toEqual([
      { status: 'open', phase: 'open', rank: 1, enteredAtMs: T0, origin: 'push' },
      { status: 'locking', phase: 'locking', rank: 2, enteredAtMs: T0 + 90, origin: 'push' },
    ])
  })

  it('knows no status, phase or time of the system before one was said', () => {
    const intent = fold({ received: 7 })
    expect(intent).toMatchObject({
      status: '',
      phase: 'unknown',
      updatedAtMs: T0 + 7,
      createdAtMs: T0 + 7,
      arrival: null,
    })
  })

  it('keeps our clock out of the update time once the system gave one', () => {
    const intent = fold({ status: 'open', at: 10 }, { received: 5_000 })
    expect(intent).toMatchObject({ updatedAtMs: T0 + 10, lastHeardAtMs: T0 + 5_000 })
  })

  it('takes the time of creation from the system when it is said, however late', () => {
    const intent = fold({ status: 'open', at: 10 }, { at: 20, learned: { createdAtMs: T0 - 3 } }, { at: 30 })
    expect(intent.createdAtMs).toBe(T0 - 3)
  })

  it('marks removal for good and says nothing about the outcome', () => {
    const intent = fold({ status: 'open', at: 0 }, { kind: 'removed', at: 10 }, { status: 'open', at: 20 })
    expect(intent).toMatchObject({ isRemoved: true, status: 'open', isTerminal: false })
  })

  it('takes "not found" back when the system speaks of the intent again, and only then', () => {
    const lost: Sketch[] = [
      { status: 'open', at: 0 },
      { kind: 'notFound', received: 200 },
    ]
    expect(fold(...lost).isNotFound).toBe(true)
    expect(fold(...lost, { received: 300, origin: 'operator' }).isNotFound).toBe(true)
    expect(fold(...lost, { kind: 'removed', received: 300 }).isNotFound).toBe(true)
    expect(fold(...lost, { received: 300, origin: 'poll' }).isNotFound).toBe(false)
  })

  it('refuses an empty history', () => {
    expect(() => foldFacts(head, [])).toThrow(RangeError)
  })

  it('counts facts with equal keys once and keeps the first in order', () => {
    const intent = fold({ status: 'open', received: 9, key: 'k' }, { status: 'open', received: 4, key: 'k' })
    expect(intent).toMatchObject({ factCount: 1, phaseSinceMs: T0 + 4, lastHeardAtMs: T0 + 4 })
  })

  it('keeps the same one of two equal keys of one instant, whichever came first', () => {
    const push = heard({ at: 0, key: 'k', learned: { details: { oldStatus: 'x' } } })
    const others = [heard({ at: 0, key: 'k' }), { ...push, origin: 'poll' as const }]
    for (const other of others) {
      expect(foldFacts(head, [push, other])).toEqual(foldFacts(head, [other, push]))
    }
  })
})

const offset = fc.integer({ min: 0, max: 12 })
const value = fc.constantFrom('A', 'a', 'B', 'C')
const status = fc.constantFrom(...vocabulary.words.map((word) => word.status), 'weird')
const learned = fc.record(
  {
    createdAtMs: offset,
    maker: value,
    solver: fc.option(value),
    source: fc.record({ chainId: fc.constantFrom(1, 2), token: fc.option(value) }, { requiredKeys: [] }),
    deadlines: fc.array(fc.record({ kind: value, atMs: offset }), { maxLength: 2 }),
    transactions: fc.array(fc.record({ label: value, chainId: fc.constant(null), hash: value }), {
      maxLength: 2,
    }),
    proofStatus: fc.option(value),
    failures: fc.dictionary(value, value, { maxKeys: 2 }),
    fundsLocked: fc.record({ atMs: fc.option(offset) }),
    fundsReleased: fc.record({ atMs: fc.option(offset) }),
  },
  { requiredKeys: [] },
)
const anyFact: fc.Arbitrary<HeardFact> = fc
  .record(
    {
      status,
      at: fc.option(offset),
      emitted: fc.option(offset),
      received: offset,
      kind: fc.constantFrom('removed', 'notFound', 'detailLearned'),
      origin: fc.constantFrom('push', 'poll', 'console'),
      aliases: fc.array(fc.record({ kind: fc.constant('intentId'), value }), { minLength: 1, maxLength: 2 }),
      learned,
    },
    { requiredKeys: ['received', 'learned'] },
  )
  .map(heard)
const history = fc.array(anyFact, { minLength: 1, maxLength: 25 })
const shuffledTwice = history.chain((facts) =>
  fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 })),
)

describe('any history', () => {
  it('folds to the same intent in any order and with any repetition', () => {
    fc.assert(
      fc.property(shuffledTwice, ([facts, shuffled]) => {
        expect(foldFacts(head, shuffled)).toEqual(foldFacts(head, facts))
      }),
      { numRuns: 1_000 },
    )
  })

  it('folds one by one to the same intent as at once', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const inOrder = inHistoryOrder(facts).map((one) => one.heard)
        const [first, ...rest] = inOrder
        let intent = beginIntent(head, first as HeardFact)
        for (const fact of rest) {
          expect(compareOrder(orderKeyOf(fact), intent.lastKey)).toBeGreaterThanOrEqual(0)
          intent = applyFact(intent, fact)
        }
        expect(intent).toEqual(foldFacts(head, facts))
      }),
    )
  })

  it('never has its facts or the intent before changed', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const frozen = facts.map(deepFreeze)
        const inOrder = inHistoryOrder(frozen)
        inOrder
          .slice(1)
          .reduce(
            (intent, one) => deepFreeze(applyFact(intent, one.heard)),
            deepFreeze(beginIntent(head, inOrder[0]?.heard as HeardFact)),
          )
      }),
    )
  })

  it('carries exactly the flags of its timeline, but for repeats', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const ofEntries = new Set(timelineOf(head, facts).flatMap(({ flags }) => flags))
        ofEntries.delete('repeat')
        expect(new Set(foldFacts(head, facts).flags)).toEqual(ofEntries)
      }),
      { numRuns: 1_000 },
    )
  })

  it('survives the way through JSON', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const intent = foldFacts(head, facts)
        expect(JSON.parse(JSON.stringify(intent))).toEqual(intent)
      }),
    )
  })
})

function deepFreeze<Value>(frozen: Value): Value {
  if (typeof frozen === 'object' && frozen !== null && !Object.isFrozen(frozen)) {
    Object.freeze(frozen)
    Object.values(frozen).forEach(deepFreeze)
  }
  return frozen
}
