import { describe, expect, it } from 'vitest'
import { exactText, numberText, readJson } from './exactJson.ts'

const MAX = (2n ** 256n - 1n).toString()

function valueOf(text: string): unknown {
  const read = readJson(text)
  if ('damage' in read) throw new Error(read.damage.reason)
  return read.value
}

describe('readJson', () => {
  it.each([
    ['beyond 2^53', `{"a":9007199254740993}`, '9007199254740993'],
    ['2^256-1', `{"a":${MAX}}`, MAX],
    ['negative', `{"a":-9007199254740993}`, '-9007199254740993'],
    ['behind white space', `{"a":\n  9007199254740993 }`, '9007199254740993'],
    ['beyond double', `{"a":1e400}`, '1e400'],
  ])('keeps a number %s exact', (_, text, expected) => {
    expect(numberText((valueOf(text) as { a: unknown }).a)).toBe(expected)
  })

  it('gives plain numbers where nothing is lost', () => {
    expect(valueOf(`{"a":42,"b":0.5,"c":${Number.MAX_SAFE_INTEGER}}`)).toEqual({
      a: 42,
      b: 0.5,
      c: Number.MAX_SAFE_INTEGER,
    })
  })

  it.each([
    '{"a":1,"__proto__":{"polluted":true}}',
    '{"a":12345678901234567890,"__proto__":{"polluted":true}}',
  ])('keeps __proto__ an ordinary key in %s', (text) => {
    const value = valueOf(text) as Record<string, unknown>
    expect(Object.keys(value)).toContain('__proto__')
    expect(value['polluted']).toBeUndefined()
  })

  it('takes the last of two equal keys, whichever parser reads', () => {
    expect(valueOf('{"a":1,"a":2}')).toEqual({ a: 2 })
    expect(valueOf('{"b":12345678901234567890,"a":1,"a":2}')).toMatchObject({ a: 2 })
  })

  it.each(['', '{', 'NaN', '{"a":NaN}', "{'a':1}", '[1,]', '\u0000'])('says why %j is not JSON', (text) => {
    const read = readJson(text)
    expect('damage' in read ? read.damage.reason : 'read').toContain('Not JSON')
  })

  it('writes back what it read, numbers exact', () => {
    expect(exactText(valueOf(`{"a":[${MAX},1]}`))).toBe(`{"a":[${MAX},1]}`)
  })
})
