import { describe, expect, it } from 'vitest'
import { foldFacts } from './fold.ts'
import { stageStrip } from './stages.ts'
import { head, heard, T0, vocabulary } from './testSystem.ts'

/** The strip, ten seconds after the last of statuses that were claimed one second after another. */
function strip(...statuses: string[]) {
  const intent = foldFacts(
    head,
    statuses.map((status, at) => heard({ status, at: at * 1_000 })),
  )
  return stageStrip(intent, vocabulary, T0 + (statuses.length - 1) * 1_000 + 10_000)
}
const states = (...statuses: string[]) => strip(...statuses).map(({ state }) => state)

describe('stage strip', () => {
  it('tells what is done, where it stands and what is to come', () => {
    expect(strip('open', 'locking')).toEqual([
      { label: 'Open', state: 'done', enteredAtMs: T0, tookMs: 1_000 },
      { label: 'Lock', state: 'current', enteredAtMs: T0 + 1_000, tookMs: 10_000 },
      { label: 'Execution', state: 'next', enteredAtMs: null, tookMs: null },
      { label: 'Done', state: 'next', enteredAtMs: null, tookMs: null },
    ])
  })

  it('tells stages that nobody saw', () => {
    expect(states('open', 'executing')).toEqual(['done', 'skipped', 'current', 'next'])
    expect(states('completed')).toEqual(['skipped', 'skipped', 'skipped', 'done'])
  })

  it('is done to the end, without a time for the end', () => {
    expect(states('open', 'locking', 'executing', 'completed')).toEqual(['done', 'done', 'done', 'done'])
    expect(strip('executing', 'completed').at(-1)).toMatchObject({ enteredAtMs: T0 + 1_000, tookMs: null })
  })

  it('fails where the intent stood last', () => {
    expect(states('open', 'locking', 'failed')).toEqual(['done', 'failed', 'next', 'next'])
    expect(strip('open', 'locking', 'failed')[1]).toMatchObject({ enteredAtMs: T0 + 1_000, tookMs: 1_000 })
  })

  it('says of no stage that it failed there when it was first heard of at its end', () => {
    expect(states('failed')).toEqual(['skipped', 'skipped', 'skipped', 'skipped'])
  })

  it('stands at the last known stage under a word that nobody has described', () => {
    expect(states('open', 'locking', 'weird')).toEqual(['done', 'current', 'next', 'next'])
    expect(states('weird')).toEqual(['next', 'next', 'next', 'next'])
  })

  it('adds up the visits of an intent that went back', () => {
    expect(strip('open', 'executing', 'open')).toMatchObject([
      { state: 'current', enteredAtMs: T0 + 2_000, tookMs: 11_000 },
      { state: 'next' },
      { state: 'next', enteredAtMs: T0 + 1_000, tookMs: 1_000 },
      { state: 'next' },
    ])
  })
})
