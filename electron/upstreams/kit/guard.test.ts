import { describe, expect, it } from 'vitest'
import { damageOf, DEEPEST_NESTING, endOfString, isTooDeep, LONGEST_TEXT } from './guard.ts'

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('guard', () => {
  it('lets through what is as deep as allowed, and stops one level more', () => {
    expect(isTooDeep(nested(DEEPEST_NESTING))).toBe(false)
    expect(isTooDeep(nested(DEEPEST_NESTING + 1))).toBe(true)
  })

  it('counts depth, not brackets', () => {
    expect(isTooDeep(`[${'[],'.repeat(500)}[]]`)).toBe(false)
  })

  it('does not count brackets inside strings, escaped quotes included', () => {
    expect(isTooDeep(JSON.stringify({ text: `\\"${'['.repeat(500)}\\` }))).toBe(false)
  })

  it('sees depth behind a string', () => {
    expect(isTooDeep(`["a\\\\",${nested(DEEPEST_NESTING)}]`)).toBe(true)
  })

  it('judges five million levels without recursion', () => {
    expect(damageOf('['.repeat(5_000_000))?.reason).toContain('nests deeper')
  })

  it('judges length before anything else', () => {
    expect(damageOf(' '.repeat(LONGEST_TEXT + 1))?.reason).toContain('characters long')
    expect(damageOf(' '.repeat(LONGEST_TEXT))).toBeNull()
  })

  it.each([
    ['"abc" tail', 5],
    ['"a\\"c" tail', 6],
    ['"a\\\\" tail', 5],
    ['"never closed', 13],
  ])('finds the end of the string in %s', (text, end) => {
    expect(endOfString(text, 0)).toBe(end)
  })
})
