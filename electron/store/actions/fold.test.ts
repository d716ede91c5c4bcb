import { describe, expect, test } from 'vitest'
import {
  ACTION_STEPS,
  type ActionRecord,
  type ActionStep,
  type NewActionStep,
} from '../../../shared/api/action.ts'
import { refundOf, stepOfAction } from '../testing/steps.ts'
import { foldStep } from './fold.ts'

function placed(step: NewActionStep, seq = 1): ActionStep {
  return { ...step, seq, hash: 'ef'.repeat(32) }
}

/** One step of each kind, the two ways to resolve apart. */
const STEPS = ACTION_STEPS.flatMap((kind): [string, ActionStep][] => {
  const head = kind === 'sending' || kind === 'declined' ? refundOf('0x1') : null
  const step = (facts: Record<string, string>) => placed(stepOfAction('a', kind, { head, facts }))
  if (kind !== 'resolved') return [[kind, step({})]]
  return [
    ['resolved: yes', step({ wasCarriedOut: 'yes' })],
    ['resolved: no', step({ wasCarriedOut: 'no' })],
    ['resolved', step({})],
  ]
})

function fold(...kinds: string[]): ActionRecord | null {
  const known = new Map(STEPS)
  return kinds.reduce<ActionRecord | null>((record, kind) => {
    const step = known.get(kind)
    if (step === undefined) throw new Error(`There is no step ${kind}.`)
    return foldStep(record, step)
  }, null)
}

describe('of all steps exactly these can follow', () => {
  test.each<[string[], Record<string, string>]>([
    [[], { sending: 'sending', declined: 'declined' }],
    [['declined'], {}],
    [['sending'], { accepted: 'accepted', refused: 'refused', unknown: 'unknown' }],
    [['sending', 'accepted'], {}],
    [['sending', 'refused'], {}],
    [
      ['sending', 'unknown'],
      {
        accepted: 'accepted',
        refused: 'refused',
        read: 'unknown',
        notExecuted: 'notExecuted',
        'resolved: yes': 'accepted',
        'resolved: no': 'notExecuted',
      },
    ],
    [['sending', 'unknown', 'notExecuted'], { appliedLate: 'accepted' }],
    [['sending', 'unknown', 'resolved: no'], { appliedLate: 'accepted' }],
    [['sending', 'unknown', 'resolved: yes'], {}],
    [['sending', 'unknown', 'notExecuted', 'appliedLate'], { 'resolved: yes': 'accepted' }],
  ])('after %j', (before, expected) => {
    const record = fold(...before)
    const possible = STEPS.flatMap(([name, step]) => {
      try {
        return [[name, foldStep(record, step).state]]
      } catch (error) {
        expect(error).toMatchObject({ code: 'internal' })
        return []
      }
    })
    expect(Object.fromEntries(possible)).toEqual(expected)
  })
})

test('an action begins with what was asked for, and no later step may say that again', () => {
  expect(() => foldStep(null, placed(stepOfAction('a', 'sending')))).toThrow('cannot begin')
  const again = placed(stepOfAction('a', 'accepted', { head: refundOf('0x1') }))
  expect(() => foldStep(fold('sending'), again)).toThrow('cannot follow')
})

test('an action tells who began it, where it stands, and what its answers brought', () => {
  const begun = foldStep(null, placed(stepOfAction('a', 'sending', { head: refundOf('0x1'), atMs: 1 }), 4))
  const lost = foldStep(
    begun,
    placed(stepOfAction('a', 'unknown', { atMs: 2, facts: { a: '1', b: '1' } }), 5),
  )
  const read = placed(
    stepOfAction('a', 'read', { atMs: 3, who: 'console', facts: { b: '2' }, response: { ok: 1 } }),
    7,
  )
  const done = foldStep(
    foldStep(lost, read),
    placed(stepOfAction('a', 'accepted', { atMs: 9, why: 'seen' }), 8),
  )
  expect(done).toMatchObject({
    ...refundOf('0x1'),
    id: 'a',
    who: 'ada',
    host: 'browser',
    state: 'accepted',
    isLate: false,
    openedAtMs: 1,
    updatedAtMs: 9,
    why: 'seen',
    response: { ok: 1 },
    facts: { a: '1', b: '2' },
    readCount: 1,
    nextReadAtMs: null,
  })
  expect(done.steps.map(({ seq, kind }) => [seq, kind])).toEqual([
    [4, 'sending'],
    [5, 'unknown'],
    [7, 'read'],
    [8, 'accepted'],
  ])
  expect(begun.steps).toHaveLength(1)
})

test('what was carried out after all is late until a person has seen it', () => {
  expect(fold('sending', 'unknown', 'notExecuted', 'appliedLate')).toMatchObject({
    state: 'accepted',
    isLate: true,
  })
  expect(fold('sending', 'unknown', 'notExecuted', 'appliedLate', 'resolved: yes')?.isLate).toBe(false)
})
