import { describe, expect, it } from 'vitest'
import { foldFacts } from './fold.ts'
import { head, heard, T0 } from './testSystem.ts'
import { timelineOf } from './timeline.ts'

/** The history of an intent whose statuses were claimed one second after another. */
function claimed(...statuses: string[]) {
  const facts = statuses.map((status, at) => heard({ status, at: at * 1_000 }))
  const backward = timelineOf(head, facts).map(({ flags }) => flags.includes('backward'))
  const intent = foldFacts(head, facts)
  const contradicted = intent.contradictions.map(({ field, claims }) => [
    field,
    ...claims.map(({ value }) => value),
  ])
  return { intent, backward, contradicted }
}

describe('status claims', () => {
  it('may jump forward, and fail from anywhere', () => {
    for (const way of [
      ['open', 'completed'],
      ['open', 'failed'],
      ['executing', 'expired'],
      ['locking', 'executing', 'failed'],
    ]) {
      const { backward, contradicted } = claimed(...way)
      expect(backward).not.toContain(true)
      expect(contradicted).toEqual([])
    }
  })

  it('are believed when they go back, flagged, and contradicted until the furthest is reached again', () => {
    const back = claimed('open', 'executing', 'locking')
    expect(back.intent).toMatchObject({ status: 'locking', furthest: { status: 'executing' } })
    expect(back.backward).toEqual([false, false, true])
    expect(back.contradicted).toEqual([['status', 'executing', 'locking']])
    expect(back.intent.contradictions[0]?.claims).toEqual([
      { value: 'executing', origin: 'push', atMs: T0 + 1_000 },
      { value: 'locking', origin: 'push', atMs: T0 + 2_000 },
    ])

    expect(claimed('executing', 'open', 'locking')).toMatchObject({
      backward: [false, true, true],
      contradicted: [['status', 'executing', 'locking']],
    })
    expect(claimed('executing', 'open', 'open').backward).toEqual([false, true, false])
    expect(claimed('executing', 'open', 'executing')).toMatchObject({
      backward: [false, true, false],
      contradicted: [],
    })
    expect(claimed('executing', 'open', 'completed')).toMatchObject({
      backward: [false, true, false],
      contradicted: [],
    })
  })

  it('contradict a terminal word that they change', () => {
    expect(claimed('completed', 'executing')).toMatchObject({
      intent: { status: 'executing', isTerminal: false },
      backward: [false, true],
      contradicted: [['status', 'completed', 'executing']],
    })
    expect(claimed('failed', 'completed')).toMatchObject({
      intent: { status: 'completed', furthest: { status: 'failed' } },
      backward: [false, true],
      contradicted: [['status', 'failed', 'completed']],
    })
    expect(claimed('completed', 'failed', 'completed')).toMatchObject({
      backward: [false, true, false],
      contradicted: [],
    })
  })

  it('of an unknown word are shown as they are and are never backward', () => {
    const { intent, backward, contradicted } = claimed('executing', 'weird')
    expect(intent).toMatchObject({ status: 'weird', phase: 'unknown', furthest: { status: 'executing' } })
    expect(backward).toEqual([false, false])
    expect(contradicted).toEqual([])
    expect(claimed('completed', 'weird').backward).toEqual([false, false])
  })

  it('of an unknown word do not settle a contradiction', () => {
    expect(claimed('executing', 'open', 'weird').contradicted).toEqual([['status', 'executing', 'open']])
  })

  it('that repeat a word move nothing', () => {
    const { intent } = claimed('open', 'open', 'open')
    expect(intent.stages).toHaveLength(1)
    expect(intent.phaseSinceMs).toBe(T0)
  })
})
