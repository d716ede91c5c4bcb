import { describe, expect, it } from 'vitest'
import { deadlineWords } from './deadline.ts'
import { entryTitle, explain } from './explain.ts'
import { foldFacts } from './fold.ts'
import { head, heard, T0, vocabulary, type Sketch } from './testSystem.ts'

/** The explanation at `T0 + 30 s` of what the sketches left. */
function explained(sketches: Sketch[], more: { hasGap?: boolean; afterMs?: number } = {}) {
  const intent = foldFacts(head, sketches.map(heard))
  const row = { ...intent, hasGap: more.hasGap ?? false }
  return explain({ ...intent, row }, vocabulary, T0 + (more.afterMs ?? 30_000))
}

describe('explain', () => {
  it('is calm about a normal wait and says who acts and by when', () => {
    const deadlines = [
      { kind: 'intentDeadline', atMs: T0 + 1_000 },
      { kind: 'sourceTimelock', atMs: T0 + 90_000 },
    ]
    expect(explained([{ status: 'open', at: 0, learned: { deadlines } }])).toEqual({
      headline: 'Open for 30 s',
      sentences: ['It is open.', 'Up to 1 min is normal.'],
      nextActor: 'solver',
      byMs: T0 + 90_000,
      byKind: 'sourceTimelock',
      otherwise: 'After open comes more.',
      tell: 'Your request is open.',
      tone: 'calm',
    })
  })

  it('says that a wait is too long', () => {
    const { tone, sentences, tell } = explained([{ status: 'open', at: 0 }], { afterMs: 60_000 })
    expect(tone).toBe('attention')
    expect(sentences[0]).toBe('It has waited 1 min; up to 1 min is normal.')
    expect(tell).toContain('longer than usual')
  })

  it('is done when it is done', () => {
    const deadlines = [{ kind: 'sourceTimelock', atMs: T0 + 90_000 }]
    const { headline, tone, byMs, nextActor } = explained([
      { status: 'completed', at: 0, learned: { deadlines } },
    ])
    expect({ headline, tone, byMs, nextActor }).toEqual({
      headline: 'Completed',
      tone: 'done',
      byMs: null,
      nextActor: 'nobody',
    })
  })

  it('says of a failure that the money may still be locked, and until when', () => {
    const deadlines = [{ kind: 'sourceTimelock', atMs: T0 + 90_000 }]
    const failures = { failureReason: 'no route' }
    const failed = explained([
      { status: 'executing', at: 0, learned: { deadlines } },
      { status: 'failed', at: 5, learned: { failures } },
    ])
    expect(failed).toMatchObject({
      headline: 'Failed, and nothing shows that the funds came out',
      tone: 'failed',
      byKind: 'sourceTimelock',
    })
    expect(failed.sentences[0]).toBe(
      'The funds were locked, and nothing that was heard says that they came out again.',
    )
    expect(failed.sentences).toContain('The system gives as failureReason: “no route”.')
    expect(failed.tell).toContain('looking for proof that they came back')
  })

  it('counts down to the clocks of the lock alone once funds are locked, and to none that has passed', () => {
    const deadlines = [
      { kind: 'intentDeadline', atMs: T0 + 40_000 },
      { kind: 'sourceTimelock', atMs: T0 + 90_000 },
      { kind: 'destinationTimelock', atMs: T0 + 10_000 },
    ]
    const { byKind } = explained([{ status: 'executing', at: 0, learned: { deadlines } }])
    expect(byKind).toBe('sourceTimelock')
  })

  it('names no deadline of an intent that has failed, but that of the lock whose funds did not come out', () => {
    const deadlines = [
      { kind: 'intentDeadline', atMs: T0 + 40_000 },
      { kind: 'sourceTimelock', atMs: T0 + 90_000 },
    ]
    const unlocked = explained([
      { status: 'open', at: 0, learned: { deadlines } },
      { status: 'failed', at: 5 },
    ])
    expect([unlocked.byKind, unlocked.byMs]).toEqual([null, null])
    const locked = explained([
      { status: 'executing', at: 0, learned: { deadlines } },
      { status: 'failed', at: 5 },
    ])
    expect([locked.byKind, locked.byMs]).toEqual(['sourceTimelock', T0 + 90_000])
  })

  it('says that released funds came out', () => {
    const released: Sketch = { at: 10_000, learned: { fundsReleased: { atMs: T0 + 10_000 } } }
    const { headline, sentences, nextActor } = explained([
      { status: 'executing', at: 0 },
      { status: 'failed', at: 5 },
      released,
    ])
    expect(headline).toBe('Failed')
    expect(nextActor).toBe('nobody')
    expect(sentences[0]).toBe('The funds came out 20 s ago.')
  })

  it('admits that a word is unknown', () => {
    expect(explained([{ status: 'weird', at: 0 }])).toMatchObject({
      headline: '“weird” for 30 s, a status that nobody has described',
      nextActor: 'unknown',
      tone: 'attention',
      sentences: [
        'The contract of this system does not describe this status, so its meaning is not known here.',
      ],
    })
  })

  it('admits that no status was heard', () => {
    expect(explained([{ at: 0 }])).toMatchObject({
      headline: 'No status has been heard yet',
      tone: 'attention',
      nextActor: 'unknown',
    })
    expect(explained([{ kind: 'notFound', received: 0 }]).headline).toBe(
      'The system does not know this intent',
    )
  })

  it('puts a contradiction first and never tells the customer one side of it', () => {
    const { headline, sentences, tone, tell } = explained([
      { status: 'completed', at: 0 },
      { status: 'open', at: 10_000 },
    ])
    expect(headline).toBe('Open, but that contradicts what was said before')
    expect(sentences[0]).toBe(
      'Status: “completed” (30 s ago) and “open” (20 s ago) were said, and they cannot all be right; the newest is shown.',
    )
    expect(tone).toBe('attention')
    expect(tell).not.toContain('open')
  })

  it('says what it cannot know: removed, not found, gaps', () => {
    const removed = explained(
      [
        { status: 'open', at: 0 },
        { kind: 'removed', at: 10_000 },
      ],
      { hasGap: true, afterMs: 90_000 },
    )
    expect(removed.headline).toBe('No longer listed; last: Open')
    expect(removed.sentences).toContain(
      'The system no longer lists it, which says nothing about the outcome; the last word about it came 1 min 19 s ago.',
    )
    expect(removed.sentences.at(-1)).toContain('not listening')
    const lost = explained([
      { status: 'open', at: 0 },
      { kind: 'notFound', received: 10_000 },
    ])
    expect(lost).toMatchObject({
      headline: 'The system does not know this intent any more; last: Open',
      tone: 'attention',
    })
  })
})

describe('entryTitle', () => {
  const title = (entry: Parameters<typeof entryTitle>[0]) => entryTitle(entry, vocabulary)
  const changes = [{ field: 'status', to: 'open' }]

  it('is the status in words when that is news', () => {
    expect(title({ kind: 'statusClaimed', status: 'open', changes })).toBe('Open')
    expect(title({ kind: 'received', status: 'open', changes })).toBe('First heard of: Open')
    expect(title({ kind: 'statusClaimed', status: 'weird', changes })).toBe(
      '“weird”, a status that nobody has described',
    )
  })

  it('says that nothing moved', () => {
    expect(title({ kind: 'statusClaimed', status: 'open', changes: [] })).toBe('Still Open')
    expect(title({ kind: 'statusClaimed', status: 'open', changes: [], origin: 'repair' })).toBe(
      'Read again: still Open',
    )
  })

  it('says what else an entry is', () => {
    expect(title({ kind: 'gap', status: null })).toContain('Not listening')
    expect(
      title({ kind: 'proofClaimed', status: null, changes: [{ field: 'proof status', to: 'verified' }] }),
    ).toBe('Proof: verified')
    expect(title({ kind: 'undescribedEventReceived', status: null })).toBe('Undescribed event received')
    expect(title({ kind: 'constructor', status: null })).toBe('Constructor')
  })
})

it('deadlineWords takes an unknown kind apart', () => {
  expect(deadlineWords('auctionEnd')).toBe('Auction end')
  expect(deadlineWords('toString')).toBe('To string')
})
