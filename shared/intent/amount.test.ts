import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAmount, formatUnits, isAmountText, type Amount } from './amount.ts'

const MOST = (2n ** 256n - 1n).toString()
const NARROW = '\u202f'
const amount = (amountRaw: string, decimals: number | null, symbol: string | null = null): Amount => ({
  amountRaw,
  decimals,
  decimalsOrigin: decimals === null ? 'unknown' : 'system',
  symbol,
})

describe('formatUnits', () => {
  it.each([
    ['0', 18, '0'],
    ['1', 18, '0.000000000000000001'],
    ['1000000000000000000', 18, '1'],
    ['1500000', 6, '1.5'],
    ['000123', 2, '1.23'],
    ['000', 2, '0'],
    ['-5', 1, '-0.5'],
    ['-0', 3, '0'],
    ['-1234', 0, '-1234'],
    ['007', 0, '7'],
    ['5', null, '5'],
    [MOST, 18, `${MOST.slice(0, -18)}.${MOST.slice(-18)}`],
    ['7', 1.5, '7'],
    ['7', -1, '7'],
    ['7', 1e9, '7'],
    ['', 18, ''],
    ['1e5', 18, '1e5'],
    ['0x10', 18, '0x10'],
    ['1.5', 2, '1.5'],
    ['<b>', 2, '<b>'],
  ])('%s with %s decimals is %s', (raw, decimals, text) => {
    expect(formatUnits(raw, decimals)).toBe(text)
  })

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 255 }), (units, decimals) => {
        const [whole = '', fraction = ''] = formatUnits(units.toString(), decimals).split('.')
        expect(BigInt(whole.replace('-', '') + fraction.padEnd(decimals, '0'))).toBe(
          units < 0n ? -units : units,
        )
        expect(whole.startsWith('-')).toBe(units < 0n)
      }),
    )
  })
})

describe('formatAmount', () => {
  it('groups thousands before the point only', () => {
    expect(formatAmount(amount('1234567123456', 6, 'USDC'))).toEqual({
      text: `1${NARROW}234${NARROW}567.123456`,
      unit: 'USDC',
      isExact: true,
      raw: '1234567123456',
    })
    expect(formatAmount(amount('-123456', 0, 'X')).text).toBe(`-123${NARROW}456`)
    expect(formatAmount(amount('999', 0, 'X')).text).toBe('999')
  })

  it('says in words when nobody said the decimals', () => {
    expect(formatAmount(amount('1000', null))).toMatchObject({ text: `1${NARROW}000`, unit: 'base units' })
    expect(formatAmount(amount('1000', null, 'DUST')).unit).toBe('base units of DUST')
    expect(formatAmount(amount('1000', 999, 'DUST')).unit).toBe('base units of DUST')
    expect(formatAmount(amount('1000', 3)).unit).toBe('')
  })

  it('shows what is no number as it came', () => {
    expect(formatAmount(amount('lots 123456', 18, 'ETH')).text).toBe('lots 123456')
  })
})

describe('isAmountText', () => {
  it('takes decimal digits up to the largest amount there is', () => {
    expect(['0', '12', MOST].every(isAmountText)).toBe(true)
    expect(['', '-1', '1.5', '1e5', ' 1', '٣', `${MOST}0`].some(isAmountText)).toBe(false)
  })
})
