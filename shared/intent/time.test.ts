import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatAgo,
  formatCountdown,
  formatDuration,
  formatInstant,
  formatInstantShort,
  toEpochMs,
} from './time.ts'

const AT = 1_795_269_932_000

describe('toEpochMs', () => {
  it.each([
    ['2026-11-21T14:05:32Z', AT],
    ['2026-11-21T14:05:32.987654Z', AT + 987],
    ['2026-11-21T14:05:32.5Z', AT + 500],
    ['2026-11-21t14:05:32z', AT],
    ['2026-11-21 14:05:32', AT],
    ['2026-11-21T16:05:32+02:00', AT],
    ['2026-11-21T08:35:32-0530', AT],
    ['2026-11-21T14:05Z', AT - 32_000],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    [' 2026-11-21T14:05:32Z ', AT],
    [AT / 1_000, AT],
    [AT, AT],
    [AT * 1_000, AT],
    [AT / 1_000 + 0.25, AT + 250],
    [String(AT / 1_000), AT],
    [String(AT), AT],
    [`${AT}123`, AT],
    [BigInt(AT), AT],
    [4_294_967_295, 4_294_967_295_000],
  ])('reads %s', (value, expected) => {
    expect(toEpochMs(value)).toBe(expected)
  })

  it.each([
    null,
    undefined,
    '',
    'soon',
    {},
    [],
    true,
    NaN,
    Infinity,
    -1,
    0,
    86_400,
    '0x65',
    '1e12',
    '2026-02-29T00:00:00Z',
    '2026-13-01',
    '2026-11-21T24:00:00Z',
    '2026-11-21T14:60:00Z',
    '2026-11-21T14:05:61Z',
    '21.11.2026',
    '99999999999999999999999',
    1e18,
  ])('takes %s for no instant', (value) => {
    expect(toEpochMs(value)).toBeNull()
  })

  it('reads what a calendar writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(1_300_000_000_000), max: new Date(9_999_999_999_999), noInvalidDate: true }),
        (date) => {
          expect(toEpochMs(date.toISOString())).toBe(date.getTime())
        },
      ),
    )
  })

  it('answers a whole number in the plausible range or null to anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.string(), fc.bigInt()), (value) => {
        const atMs = toEpochMs(value)
        if (atMs !== null) expect(Number.isSafeInteger(atMs) && atMs > 1_230_000_000_000).toBe(true)
      }),
    )
  })
})

describe('lengths of time', () => {
  it.each([
    [0, '0 s'],
    [0.4, '0 s'],
    [350, '350 ms'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [48_900, '48 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [250_000, '4 min 10 s'],
    [3_599_999, '59 min 59 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [86_399_999, '23 h 59 min'],
    [86_400_000, '1 d'],
    [273_600_000, '3 d 4 h'],
    [-5_000, '−5 s'],
    [NaN, 'unknown'],
    [Infinity, 'unknown'],
  ])('%d ms are %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it('are never a negative age', () => {
    expect(formatAgo(AT - 12_000, AT)).toBe('12 s ago')
    expect(formatAgo(AT, AT + 999)).toBe('now')
    expect(formatAgo(AT + 5_000, AT)).toBe('in 5 s')
  })

  it('count down and then say that it has passed', () => {
    expect(formatCountdown(AT + 250_000, AT)).toBe('in 4 min 10 s')
    expect(formatCountdown(AT + 999, AT)).toBe('now')
    expect(formatCountdown(AT - 120_000, AT)).toBe('passed 2 min ago')
  })
})

describe('instants', () => {
  it('are written in UTC with the zone', () => {
    expect(formatInstant(AT, 'utc', AT)).toBe('2026-11-21 14:05:32 UTC')
    expect(formatInstantShort(AT, 'utc', AT)).toBe('14:05:32')
    expect(formatInstant(Date.UTC(2026, 0, 2), 'utc', AT)).toBe('2026-01-02 00:00:00 UTC')
  })

  it('are written in local time with the zone', () => {
    expect(formatInstant(AT, 'local', AT)).toMatch(
      /^2026-11-2[12] \d\d:05:32 \S+$|^2026-11-2[12] \d\d:[345]\d:32 \S+$/,
    )
    expect(formatInstantShort(AT, 'local', AT)).toMatch(/^\d\d:\d\d:32$/)
  })

  it('are written as an age or as a number', () => {
    expect(formatInstant(AT, 'relative', AT + 3_000)).toBe('3 s ago')
    expect(formatInstantShort(AT, 'relative', AT + 3_000)).toBe('3 s ago')
    expect(formatInstant(AT, 'epoch', AT)).toBe('1795269932000')
  })

  it('past every calendar are written as numbers', () => {
    expect(formatInstant(9e15, 'utc', AT)).toBe('9000000000000000')
    expect(formatInstantShort(NaN, 'local', AT)).toBe('NaN')
  })
})
