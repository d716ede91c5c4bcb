import { expect, test } from 'vitest'
import { lostKey, lostKeyWords } from './lostKey.ts'

test.each([
  ['with another value', '{"a":1,"a":2}', 'a', 1],
  ['with the same value', '{"a":1,"b":2,"a":1}', 'a', 1],
  ['written in another way', String.raw`{"a":1,"\u0061" : 2}`, 'a', 1],
  ['in an object within', '{"a":\n{"b":1,\n"b":2}}', 'b', 3],
  ['in an object of a list', '[{"b":1},{"c":1,"c":1}]', 'c', 1],
  ['behind what looks like an end', '{"a":"}","a":"\\"{"}', 'a', 1],
])('a key that stands twice is found %s', (...[, text, key, line]) => {
  expect(lostKey(text)).toEqual({ key, fault: 'twice', line })
})

test('a key that no object keeps is found', () => {
  expect(lostKey('{"a":{"__proto__":{}}}')).toEqual({ key: '__proto__', fault: 'reserved', line: 1 })
})

test.each([
  ['the same name in two objects', '{"a":{"a":1},"b":[{"a":1},{"a":2}]}'],
  ['a value that is written as a key', '{"a":"a","b":["a","a"],"c":"\\"a\\":1"}'],
  ['no object', '"a"'],
  ['a long text', JSON.stringify({ a: 'x\\"'.repeat(300_000) })],
  ['many levels', '['.repeat(100_000) + ']'.repeat(100_000)],
])('nothing is lost from %s', (_, text) => {
  expect(lostKey(text)).toBeNull()
})

test('it is told by name, unless it may be a value', () => {
  expect(lostKeyWords({ key: 'intent', fault: 'twice', line: 2 })).toBe(
    'The key “intent” stands twice in one object, in line 2; keep one of them',
  )
  expect(lostKeyWords({ key: 'ff0', fault: 'twice', line: 1 })).not.toContain('ff')
})
