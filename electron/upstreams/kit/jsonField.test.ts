import { expect, test } from 'vitest'
import { z } from 'zod'
import { jsonField, jsonIn, wholeJsonIn } from './jsonField.ts'
import { unfolded } from './unfolded.ts'

const field = jsonField(z.strictObject({ amount: z.string(), of: z.array(z.number()) }))
const VALUE = { amount: '5', of: [1] }

test.each([
  ['an object as it is', VALUE],
  ['its text', JSON.stringify(VALUE)],
])('takes %s', (_, given) => {
  expect(field.parse(given)).toEqual(VALUE)
})

test('keeps every digit of a number that JavaScript would round', () => {
  expect(field.parse('{"amount":115792089237316195423570985008687907853,"of":[]}').amount).toBe(
    '115792089237316195423570985008687907853',
  )
})

test('says what is wrong, and judges what it could read', () => {
  const said = (given: unknown): string[] =>
    (field.safeParse(given).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
  expect(said('{"amount":')).toEqual([': has to be JSON, and cannot be read as such'])
  expect(said('{"amount":"5","of":[1],"amount":"6"}')[0]).toContain('“amount” stands twice')
  expect(said('{"amount":"5","of":[1],"more":1}')).toEqual([': Unrecognized key: "more"'])
  expect(jsonIn('nothing of the kind')).toBeUndefined()
})

test('a signed file in which a key stands twice is not taken apart', () => {
  const twice = '{"salt":"1","salt":"2"}'
  expect(wholeJsonIn(twice)).toBeUndefined()
  expect(unfolded('file')({ file: twice })).toEqual({ file: twice })
  expect(unfolded('file')({ file: '{"salt":"1"}' })).toEqual({ salt: '1' })
})
