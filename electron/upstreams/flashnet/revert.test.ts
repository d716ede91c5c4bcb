import { encodeErrorResult, parseAbiItem, toFunctionSelector } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { readRevert } from './revert.ts'
import { KNOWN_ERRORS } from './selectors.ts'

function errorWith(text: string): string {
  return encodeErrorResult({ abi: [parseAbiItem('error Error(string)')], args: [text] })
}

function word(value: bigint): string {
  return value.toString(16).padStart(64, '0')
}

describe('the selectors', () => {
  it('are 37, and each is the head of its signature’s hash', () => {
    expect(KNOWN_ERRORS.size).toBe(37)
    for (const [selector, { signature }] of KNOWN_ERRORS)
      expect(toFunctionSelector(`function ${signature}`), signature).toBe(selector)
  })
})

describe('a revert', () => {
  it('matches a known error, and says no more than that', () => {
    expect(readRevert('0x8199F5F3')).toEqual({
      selector: '0x8199f5f3',
      signature: 'SlippageExceeded()',
      text: 'Reverted; matches SlippageExceeded() of Conductor.',
    })
  })

  it('tells the values of an error', () => {
    expect(readRevert(`0x9eab780e${word(5n)}${word(9n)}`)?.text).toBe(
      'Reverted; matches FeeRateTooHigh(uint16,uint16) of Conductor with 5, 9.',
    )
    expect(readRevert(`0xbc3088ef${word(2n ** 255n)}`)?.text).toContain((2n ** 255n).toString())
  })

  it.each([
    ['a plain text', 'insufficient liquidity', 'insufficient liquidity'],
    ['letters beyond ASCII', 'Größe 超過', 'Größe 超過'],
    ['marks that break or turn a line', 'a\nb\u202ec\u0000d\u200be', 'a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e'],
    ['markup, as text', '<img src=x onerror=1>', '<img src=x onerror=1>'],
  ])('repeats %s', (_, text, shown) => {
    expect(readRevert(errorWith(text))?.text).toBe(`Reverted with the text “${shown}”.`)
  })

  it('cuts a long text and says when there is none', () => {
    expect(readRevert(errorWith('x'.repeat(5_000)))?.text).toHaveLength(
      500 + 'Reverted with the text “…”.'.length,
    )
    expect(readRevert(errorWith(''))?.text).toBe('Reverted without giving a reason.')
  })

  it('clamps a length that is beyond its data', () => {
    const tooLong = `0x08c379a0${word(32n)}${word(2n ** 255n)}${Buffer.from('short').toString('hex')}`
    expect(readRevert(tooLong)?.text).toBe('Reverted with the text “short”.')
    expect(readRevert('0x08c379a0')?.text).toBe('Reverted without giving a reason.')
    expect(readRevert('0x08c379a0ffff')?.text).toBe('Reverted without giving a reason.')
  })

  it.each([
    [0x11n, 'arithmetic overflow or underflow (0x11)'],
    [0x01n, 'an assertion failed (0x01)'],
    [0x32n, 'an index beyond the end of an array (0x32)'],
    [0x99n, 'a code that is not known here (0x99)'],
  ])('names the panic %d', (code, named) => {
    expect(readRevert(`0x4e487b71${word(code)}`)?.text).toBe(`Reverted with a panic: ${named}.`)
  })

  it('shows the selector of what is not known, and nothing of what has none', () => {
    expect(readRevert('0xdeadbeef00')).toEqual({
      selector: '0xdeadbeef',
      signature: null,
      text: 'Reverted with an error that is not known here (0xdeadbeef).',
    })
    for (const output of ['', '0x', '0x1234', 'deadbeef', '0xzzzzzzzz', '0xdeadbeef0'])
      expect(readRevert(output)).toBeNull()
    expect(readRevert('0x4e487b71')?.text).toBe('Reverted with a panic whose code cannot be read.')
  })
})
