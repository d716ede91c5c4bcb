import { expect, test } from 'vitest'
import { valuesOf } from './answerValues.ts'

test('values stand under their names in words, objects taken apart, in the order of the answer', () => {
  const answer = { refundSessionId: 's-1', refund: { contractAddress: '0xab', steps: [1, 2] }, isOpen: false }
  expect(valuesOf(answer)).toEqual([
    { words: 'Refund session id', text: 's-1' },
    { words: 'Refund, contract address', text: '0xab' },
    { words: 'Refund, steps', text: '[1,2]' },
    { words: 'Is open', text: 'false' },
  ])
})

test('what is no object has no values, and what lies too deep is shown as JSON', () => {
  expect([valuesOf(null), valuesOf('ok'), valuesOf([1])]).toEqual([[], [], []])
  expect(valuesOf({ a: { b: { c: { d: { e: 1 } } } } })).toEqual([{ words: 'A, b, c, d', text: '{"e":1}' }])
})
