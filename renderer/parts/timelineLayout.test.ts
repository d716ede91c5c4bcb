import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '../../shared/api/row.ts'
import { gapReason, IDLE_MS, isQuiet, layTimeline, skewOf, type TimelineInput } from './timelineLayout.ts'

const T0 = 1_795_000_000_000
const MIN = 60_000

function entry(seq: number, atMs: number, more: Partial<TimelineEntry> = {}): TimelineEntry {
  const change = { field: 'status', from: null, to: `s${seq}` }
  const said = { kind: 'statusClaimed', origin: 'push', status: `s${seq}`, lane: 'system' } as const
  return { seq, atMs, receivedAtMs: atMs, flags: [], repeats: 0, changes: [change], ...said, ...more }
}

function gap(seq: number, fromMs: number, untilMs: number | null): TimelineEntry {
  const bounds = { fromMs, untilMs, reason: 'the socket closed', repairedAtMs: null }
  return entry(seq, fromMs, { kind: 'gap', lane: 'console', changes: [], status: null, ...bounds })
}

function reading(seq: number, atMs: number): TimelineEntry {
  return entry(seq, atMs, { status: 'matched', changes: [] })
}

function lay(entries: TimelineEntry[], more: Partial<TimelineInput> = {}) {
  return layTimeline({
    entries,
    deadlines: [],
    nowMs: T0 + 60 * MIN,
    isTerminal: true,
    moneyAtRisk: false,
    opened: new Set(),
    dayOf: () => 'today',
    ...more,
  })
}

describe('entries', () => {
  it('stand in the given order with the time since the line before', () => {
    const rows = lay([entry(1, T0), entry(2, T0 + 18_000), entry(3, T0 + 18_000)])
    expect(rows.map((row) => row.kind === 'entry' && row.sincePreviousMs)).toEqual([null, 18_000, 0])
  })

  it('of one event get keys of their own', () => {
    const keys = lay([entry(4, T0), entry(4, T0), entry(5, T0)]).map((row) => row.key)
    expect(keys).toEqual(['4', '4.1', '5'])
  })

  it('keep their keys when more come', () => {
    const before = lay([entry(1, T0), entry(2, T0 + 1)]).map((row) => row.key)
    const after = lay([entry(1, T0), entry(2, T0 + 1), entry(3, T0 + 2)]).map((row) => row.key)
    expect(after.slice(0, before.length)).toEqual(before)
  })

  it('are never a negative time apart', () => {
    const rows = lay([entry(1, T0 + 5_000), entry(2, T0)])
    for (const row of rows)
      if (row.kind === 'entry') expect(row.sincePreviousMs ?? 0).toBeGreaterThanOrEqual(0)
  })
})

describe('a pause', () => {
  it('has its own line from IDLE_MS on, with exact bounds', () => {
    const rows = lay([entry(1, T0), entry(2, T0 + IDLE_MS)])
    expect(rows.map((row) => row.kind)).toEqual(['entry', 'idle', 'entry'])
    expect(rows[1]).toMatchObject({ fromMs: T0, untilMs: T0 + IDLE_MS })
    expect(rows[2]).toMatchObject({ sincePreviousMs: null })
  })

  it('below that is only said beside the entry', () => {
    const rows = lay([entry(1, T0), entry(2, T0 + IDLE_MS - 1)])
    expect(rows.map((row) => row.kind)).toEqual(['entry', 'entry'])
    expect(rows[1]).toMatchObject({ sincePreviousMs: IDLE_MS - 1 })
  })

  it('does not count the time of a gap as silence', () => {
    const rows = lay([entry(1, T0), gap(2, T0 + MIN, T0 + 20 * MIN), entry(3, T0 + 21 * MIN)])
    expect(rows.map((row) => row.kind)).toEqual(['entry', 'gap', 'entry'])
  })
})

describe('a gap', () => {
  it('stands where it began and marks what happened inside its exact bounds', () => {
    const entries = [entry(1, T0), entry(3, T0 + MIN), entry(4, T0 + 2 * MIN), gap(2, T0 + MIN, T0 + 2 * MIN)]
    const rows = lay(entries)
    expect(rows.map((row) => row.kind)).toEqual(['entry', 'gap', 'entry', 'entry'])
    expect(rows.map((row) => row.kind === 'entry' && row.isInGap)).toEqual([false, false, true, false])
  })

  it('without an end covers all that follows, and the console says that it does not listen', () => {
    const rows = lay([entry(1, T0), gap(2, T0 + MIN, null), entry(3, T0 + 2 * MIN)], { isTerminal: false })
    expect(rows.at(-2)).toMatchObject({ kind: 'entry', isInGap: true })
    expect(rows.at(-1)).toMatchObject({ kind: 'now', isListening: false })
  })
})

describe('gapReason', () => {
  it('is a sentence whether or not it came as one', () => {
    expect(gapReason(gap(1, T0, null))).toBe('The socket closed.')
    expect(gapReason({ ...gap(1, T0, null), reason: 'The server left.' })).toBe('The server left.')
    expect(gapReason({ ...gap(1, T0, null), reason: '' })).toBe('')
  })
})

describe('deadlines', () => {
  const deadlines = [
    { kind: 'sourceTimelock', atMs: T0 + 90 * MIN },
    { kind: 'intentDeadline', atMs: T0 + 80 * MIN },
    { kind: 'destinationTimelock', atMs: T0 + 2 * MIN },
  ]

  it('that passed stand at their place, those ahead below now, the nearest first', () => {
    const rows = lay([entry(1, T0), entry(2, T0 + 4 * MIN)], { deadlines, isTerminal: false })
    expect(rows.map((row) => (row.kind === 'deadline' ? row.deadline.kind : row.kind))).toEqual([
      'entry',
      'destinationTimelock',
      'entry',
      'now',
      'intentDeadline',
      'sourceTimelock',
    ])
  })

  it('that an end came before are not told; those of locks are, as long as funds are locked', () => {
    const ended = [entry(1, T0), entry(2, T0 + 4 * MIN)]
    const kinds = (moneyAtRisk: boolean, nowMs = T0 + 60 * MIN) =>
      lay(ended, { deadlines, moneyAtRisk, nowMs }).flatMap((row) =>
        row.kind === 'deadline' ? row.deadline.kind : [],
      )
    expect(kinds(false)).toEqual(['destinationTimelock'])
    expect(kinds(false, T0 + 100 * MIN)).toEqual(['destinationTimelock'])
    expect(kinds(true)).toEqual(['destinationTimelock', 'sourceTimelock'])
  })

  it('count as passed at their very instant', () => {
    const rows = lay([entry(1, T0)], {
      ...{ deadlines: deadlines.slice(0, 1), nowMs: T0 + 90 * MIN, isTerminal: false },
    })
    expect(rows.find(({ kind }) => kind === 'deadline')).toMatchObject({ kind: 'deadline', isPassed: true })
  })

  it('ahead keep the line that says now, even after the end where funds are locked', () => {
    const locked = { deadlines, moneyAtRisk: true }
    expect(lay([entry(1, T0)], locked).some((row) => row.kind === 'now')).toBe(true)
    expect(lay([entry(1, T0)]).some((row) => row.kind === 'now')).toBe(false)
  })
})

describe('entries that tell nothing new', () => {
  const still = [1, 2, 3, 4].map((seq) => reading(seq, T0 + seq * 1_000))

  it('are drawn as one from three on, the first of all never', () => {
    const rows = lay(still)
    expect(rows.map((row) => row.kind)).toEqual(['entry', 'quiet'])
    expect(rows[1]).toMatchObject({ fromMs: T0 + 2_000, untilMs: T0 + 4_000 })
  })

  it('are drawn one by one when opened', () => {
    const ten = Array.from({ length: 10 }, (_, n) => reading(n + 1, T0 + n * 1_000))
    const rows = lay(ten, { opened: new Set(['quiet 2']) })
    expect(rows.map((row) => row.key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
  })

  it('are not joined across the bound of a gap', () => {
    const rows = lay([...still, gap(9, T0 + 2_500, T0 + 2_600)])
    expect(rows.map((row) => row.kind)).toEqual(['entry', 'entry', 'gap', 'entry', 'entry'])
  })

  it('are not quiet when something changed, the status differs, or a flag is on them', () => {
    const before = reading(1, T0)
    expect(isQuiet(reading(2, T0), before)).toBe(true)
    expect(isQuiet({ ...reading(2, T0), flags: ['repeat'] }, before)).toBe(true)
    expect(isQuiet({ ...reading(2, T0), flags: ['backward'] }, before)).toBe(false)
    expect(isQuiet({ ...reading(2, T0), status: 'executing' }, before)).toBe(false)
    expect(isQuiet(entry(2, T0), before)).toBe(false)
    expect(isQuiet(reading(1, T0), undefined)).toBe(false)
  })

  it('keep hundreds of readings to a few lines', () => {
    const many = Array.from({ length: 900 }, (_, n) => reading(n + 1, T0 + n * 1_000))
    expect(lay(many).length).toBe(2)
  })
})

describe('days', () => {
  const DAY = 24 * 60 * MIN
  const dayOf = (atMs: number) => `day ${Math.floor((atMs - T0) / DAY)}`

  it('are said before the first line of each that is not today', () => {
    const rows = lay([entry(1, T0), entry(2, T0 + 1), entry(3, T0 + DAY)], { nowMs: T0 + DAY + 1, dayOf })
    expect(rows.map((row) => (row.kind === 'day' ? row.day : row.kind))).toEqual([
      'day 0',
      'entry',
      'entry',
      'idle',
      'day 1',
      'entry',
    ])
  })

  it('are said again before now and before a deadline of another day', () => {
    const deadlines = [{ kind: 'sourceTimelock', atMs: T0 + 2 * DAY }]
    const rows = lay([entry(1, T0)], { nowMs: T0 + DAY, isTerminal: false, deadlines, dayOf })
    expect(rows.map((row) => (row.kind === 'day' ? row.day : row.kind))).toEqual([
      'day 0',
      'entry',
      'day 1',
      'now',
      'day 2',
      'deadline',
    ])
  })

  it('are not said when all is of today', () => {
    expect(lay([entry(1, T0)], { nowMs: T0 + 1, dayOf }).map((row) => row.kind)).toEqual(['entry'])
  })
})

describe('skew', () => {
  it('is said only when it matters, with its direction', () => {
    expect(skewOf(entry(1, T0, { receivedAtMs: T0 + 4_999 }))).toBeNull()
    expect(skewOf(entry(1, T0, { receivedAtMs: T0 + 5_000 }))).toBe(5_000)
    expect(skewOf(entry(1, T0, { receivedAtMs: T0 - 9_000 }))).toBe(-9_000)
  })
})
