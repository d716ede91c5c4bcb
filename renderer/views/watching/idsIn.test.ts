import { expect, test } from 'vitest'
import { idsIn } from './idsIn.ts'

const A = `0x${'a1'.repeat(32)}`
const B = '550e8400-e29b-41d4-a716-446655440000'
const C = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV'

test('lines, commas, semicolons, tabs and quotes; each id once', () => {
  expect(idsIn(`${A}\n${B}, ${C};"${A}"\r\n\t'${B}' `)).toEqual([A, B, C])
  expect(idsIn('  \n ')).toEqual([])
})

test('of a table only the column of ids', () => {
  expect(idsIn(`maker,Intent_ID,amount\n0xmaker,${A},17\n0xmaker,"${B}",18\n`)).toEqual([A, B])
  expect(idsIn(`orderHash;note\r\n${A};late\r\n;empty`)).toEqual([A])
})

test('JSON as a list of ids, as objects, in an envelope', () => {
  expect(idsIn(JSON.stringify([A, B]))).toEqual([A, B])
  expect(idsIn(JSON.stringify({ items: [{ submissionId: C, maker: '0xmaker' }], page: 'first' }))).toEqual([
    C,
  ])
  expect(idsIn(JSON.stringify({ watch: [A], name: 'staging' }))).toEqual([A])
  expect(idsIn(JSON.stringify({ maker: '0xmaker' }))).toEqual([])
})

test('what only begins like JSON is taken as words', () => {
  expect(idsIn(`[${A}, ${B}]`)).toEqual([A, B])
})
