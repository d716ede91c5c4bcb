import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prettyJson } from './prettyJson.ts'

describe('prettyJson', () => {
  it('lays out as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
      }),
    )
  })

  it('keeps what parsing would lose: long numbers, escapes, repeated keys', () => {
    const wei = '115792089237316195423570985008687907853269984665640564039457584007913129639935'
    expect(prettyJson(`{"a":${wei},"a":1.10,"b":"\\u0041{[,:"}`)).toBe(
      `{\n  "a": ${wei},\n  "a": 1.10,\n  "b": "\\u0041{[,:"\n}`,
    )
  })

  it('leaves alone what is not JSON', () => {
    expect(prettyJson('{"a":')).toBeNull()
    expect(prettyJson('42["intent:new"')).toBeNull()
    expect(prettyJson('')).toBeNull()
  })
})
