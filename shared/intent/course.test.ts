import { describe, expect, it } from 'vitest'
import { inShortAt, overdueOnCourse, situationAt, wordsAt, type Situation } from './course.ts'
import { explain } from './explain.ts'
import { stageStrip } from './stages.ts'
import { overdueAtMs, stuckAt } from './stuck.ts'
import { T0, vocabulary } from './testSystem.ts'

function situation(label: string, more: Partial<Situation>): Situation {
  return {
    fromMs: T0,
    label,
    meaning: `${label} means this.`,
    nextActor: 'resolver',
    then: 'It goes on.',
    tell: 'Please wait.',
    byKind: null,
    overdueAtMs: null,
    ...more,
  }
}

const course = [
  situation('Private withdrawal', { overdueAtMs: T0 + 90_000 }),
  situation('Public withdrawal', { fromMs: T0 + 60_000, overdueAtMs: T0 + 80_000, nextActor: 'anybody' }),
  situation('Cancellation', { fromMs: T0 + 120_000, byKind: 'publicCancellation' }),
]
const intent = {
  status: 'open',
  phase: 'open' as const,
  isTerminal: false,
  isRemoved: false,
  phaseSinceMs: T0,
  course,
}

describe('course', () => {
  it('goes on by time alone', () => {
    expect(situationAt(course, T0 - 1)).toBeNull()
    expect(situationAt(course, T0 + 59_999)?.label).toBe('Private withdrawal')
    expect(situationAt(course, T0 + 60_000)?.label).toBe('Public withdrawal')
    expect(situationAt(course, T0 + 1e9)?.label).toBe('Cancellation')
  })

  it('is overdue when the wait of the situation that holds then is no longer normal', () => {
    expect(overdueOnCourse(course)).toBe(T0 + 80_000)
    expect(overdueOnCourse([situation('Late already', { overdueAtMs: T0 - 5 })])).toBe(T0)
    expect(overdueOnCourse([situation('For ever', {})])).toBeNull()
    expect(overdueOnCourse([])).toBeNull()
  })

  it('says since when it should have moved on where no wait is normal', () => {
    const late = { ...intent, course: [situation('Past its end', { overdueAtMs: T0 - 5_000 })] }
    expect(stuckAt(late, vocabulary, T0 + 60_000)?.why).toBe(
      'Past its end; it should have moved on 1 min ago.',
    )
  })

  it('says in a list who acts next, and by which deadline', () => {
    const row = { status: 'open', situations: course }
    expect(inShortAt(row, vocabulary, T0 + 130_000)).toMatchObject({
      label: 'Cancellation',
      byKind: 'publicCancellation',
    })
    expect(inShortAt({ ...row, situations: [] }, vocabulary, T0)).toMatchObject({
      label: 'Open',
      byKind: null,
    })
    expect(inShortAt({ status: 'novel', situations: [] }, vocabulary, T0)).toBeNull()
  })

  it('speaks in place of the status word, which stands where there is no course', () => {
    expect(wordsAt(intent, vocabulary, T0 + 70_000)?.nextActor).toBe('anybody')
    expect(wordsAt({ ...intent, course: [] }, vocabulary, T0)?.label).toBe('Open')
    expect(overdueAtMs(intent, vocabulary)).toBe(T0 + 80_000)
    expect(overdueAtMs({ ...intent, course: [] }, vocabulary)).toBe(T0 + 60_000)
    expect(stuckAt(intent, vocabulary, T0 + 80_000)?.why).toBe(
      'Public withdrawal for 20 s; up to 20 s is normal.',
    )
  })

  it('names the deadline by which somebody must act', () => {
    const explained = {
      ...intent,
      moneyAtRisk: true,
      deadlines: [
        { kind: 'sourceTimelock', atMs: T0 + 200_000 },
        { kind: 'publicCancellation', atMs: T0 + 300_000 },
      ],
      contradictions: [],
      failures: {},
      fundsLockedAtMs: T0,
      fundsReleasedAtMs: null,
      isNotFound: false,
      row: { phaseSinceMs: T0, isRemoved: false, lastHeardAtMs: T0, hasGap: false },
    }
    expect(explain(explained, vocabulary, T0 + 150_000)).toMatchObject({
      byKind: 'publicCancellation',
      byMs: T0 + 300_000,
    })
    expect(explain(explained, vocabulary, T0 + 10_000)).toMatchObject({ byKind: 'sourceTimelock' })
  })

  it('lets one word be several stages, told apart by its phase', () => {
    const stages = [
      { label: 'Waiting', statuses: ['pending'], phases: ['open' as const] },
      { label: 'Locking', statuses: ['pending'], phases: ['locking' as const] },
    ]
    const walked = {
      status: 'pending',
      phase: 'locking' as const,
      isTerminal: false,
      phaseSinceMs: T0 + 10,
      stages: [
        { status: 'pending', phase: 'open' as const, rank: 0, enteredAtMs: T0, origin: 'push' as const },
        {
          status: 'pending',
          phase: 'locking' as const,
          rank: 1,
          enteredAtMs: T0 + 10,
          origin: 'poll' as const,
        },
      ],
    }
    expect(stageStrip(walked, { ...vocabulary, stages }, T0 + 20).map(({ state }) => state)).toEqual([
      'done',
      'current',
    ])
  })
})
