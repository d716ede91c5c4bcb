import { describe, expect, it } from 'vitest'
import { head, heard, T0, type Sketch } from './testSystem.ts'
import { timelineOf } from './timeline.ts'

const timeline = (...sketches: Sketch[]) => timelineOf(head, sketches.map(heard))
const flags = (...sketches: Sketch[]) => timeline(...sketches).map((entry) => entry.flags)

describe('timeline', () => {
  it('is in history order and says what each fact changed', () => {
    const entries = timeline(
      { status: 'executing', at: 9, learned: { solver: '0xS' } },
      { status: 'open', at: 1, learned: { maker: '0xM', solver: null } },
      { at: 20, learned: { solver: null } },
    )
    expect(entries.map(({ status, atMs }) => [status, atMs - T0])).toEqual([
      ['open', 1],
      ['executing', 9],
      [null, 20],
    ])
    expect(entries[0]?.changes).toEqual([
      { field: 'status', from: null, to: 'open' },
      { field: 'maker', from: null, to: '0xM' },
      { field: 'intentId', from: null, to: '0xABC' },
    ])
    expect(entries[1]?.changes).toEqual([
      { field: 'status', from: 'open', to: 'executing' },
      { field: 'solver', from: null, to: '0xS' },
      { field: 'money at risk', from: null, to: 'yes' },
    ])
    expect(entries[2]?.changes).toEqual([{ field: 'solver', from: '0xS', to: 'none' }])
  })

  it('gives amounts exactly', () => {
    const most = (2n ** 256n - 1n).toString()
    const amount = { amountRaw: most, decimals: null, decimalsOrigin: 'unknown', symbol: null } as const
    expect(timeline({ learned: { source: { amount } } })[0]?.changes).toContainEqual({
      field: 'source amount',
      from: null,
      to: `${most} base units`,
    })
  })

  it('hands back the fact itself and counts those that say the same', () => {
    const first = { ...heard({ status: 'open', at: 0 }), seq: 7 }
    const [entry] = timelineOf(head, [{ ...first, seq: 9, receivedAtMs: first.receivedAtMs + 5 }, first])
    expect(entry).toMatchObject({ heard: { seq: 7 }, repeats: 1, flags: ['repeat'] })
  })

  it('flags a fact late that came in after one that happened later', () => {
    expect(flags({ at: 0, received: 500 }, { at: 10, received: 400 })).toEqual([['late'], []])
    expect(flags({ at: 0, received: 500 }, { at: 5, received: 600 }, { at: 10, received: 550 })).toEqual([
      [],
      ['late'],
      [],
    ])
  })

  it('flags nothing late at equal times of the system', () => {
    expect(flags({ at: 0, received: 500, key: 'a' }, { at: 0, received: 400, key: 'b' })).toEqual([[], []])
  })

  it('flags nothing late for or because of a fact without a time of the system', () => {
    expect(flags({ received: 500 }, { at: 600, received: 550 }, { received: 610 })).toEqual([[], [], []])
    expect(flags({ at: 100, received: 900 }, { received: 800 })).toEqual([[], []])
  })

  it('tells the end that a fact is about', () => {
    const transaction = (label: string): Sketch => ({
      learned: { transactions: [{ label, chainId: null, hash: '0x1' }] },
    })
    const laneOf = (sketch: Sketch) => timeline(sketch)[0]?.lane
    expect(laneOf({})).toBe('system')
    expect(laneOf({ origin: 'console' })).toBe('console')
    expect(laneOf({ origin: 'operator' })).toBe('console')
    expect(laneOf({ side: 'destination' })).toBe('destination')
    expect(laneOf(transaction('sourceLock'))).toBe('source')
    expect(laneOf(transaction('dstWithdrawal'))).toBe('destination')
    expect(laneOf(transaction('refund'))).toBe('system')
  })

  it('carries the marks that a fact came with, each once', () => {
    expect(flags({ status: 'weird', at: 0, flags: ['unknown-status', 'unknown-status'] })).toEqual([
      ['unknown-status'],
    ])
  })
})
