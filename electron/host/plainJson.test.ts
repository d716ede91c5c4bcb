import { StandardRPCJsonSerializer } from '@orpc/client/standard'
import { expect, test } from 'vitest'
import { isPlainJson, plainJson } from './plainJson.ts'

const ours = new StandardRPCJsonSerializer({ customJsonSerializers: [plainJson] })
const theirs = new StandardRPCJsonSerializer({})

/** What a page, which knows nothing of `plainJson`, reads of an answer. */
function asRead(value: unknown): unknown {
  const [json, meta] = ours.serialize(value)
  const carried = JSON.parse(JSON.stringify({ json, meta })) as {
    json: unknown
    meta: Parameters<typeof theirs.deserialize>[1]
  }
  return theirs.deserialize(carried.json, carried.meta)
}

test.each([
  [{ rows: [{ id: 'a', at: 0, maker: null, isOpen: false, note: '' }], total: 1 }],
  [{ amount: 10n ** 30n, rows: [{ id: 'a' }] }],
  [{ rows: [{ id: 'a', at: new Date(0) }], missing: undefined }],
  [[1, undefined, new Map([['a', new Set([1])]])]],
  [null],
  [0],
  [''],
])('what is sent is what is read: %#', (value) => {
  expect(asRead(value)).toEqual(value)
})

test('what JSON would change is not taken for plain', () => {
  const changed = [1n, undefined, NaN, Infinity, -0, new Date(0), new Map(), { toJSON: 'x' }, new Error('x')]
  for (const value of changed) expect(isPlainJson({ deep: [value] })).toBe(false)
  expect(isPlainJson({ deep: [1, 'a', null, true, { b: [] }] })).toBe(true)
})

test('a plain answer is not copied', () => {
  const answer = { rows: [{ id: 'a' }] }
  const [json] = ours.serialize(answer)
  expect((json as { toJSON: () => unknown }).toJSON()).toBe(answer)
})
