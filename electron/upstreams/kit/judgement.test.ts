import { expect, it } from 'vitest'
import { judgeByStatus } from './judgement.ts'

it.each([
  [200, 'accepted'],
  [201, 'accepted'],
  [301, 'refused'],
  [302, 'unknown'],
  [303, 'unknown'],
  [307, 'refused'],
  [400, 'refused'],
  [409, 'refused'],
  [429, 'refused'],
  [408, 'unknown'],
  [500, 'unknown'],
  [503, 'unknown'],
])('reads HTTP %d as %s', (httpStatus, outcome) => {
  expect(judgeByStatus({ httpStatus, text: '{}', atMs: 0 }).outcome).toBe(outcome)
})

it.each([
  ['{"sessionId":"s"}', 'accepted'],
  ['"done"', 'accepted'],
  ['', 'accepted'],
  ['OK', 'accepted'],
  ['<!doctype html><title>Sign in to this network</title>', 'unknown'],
  ['\ufffd\u0000\u0001', 'unknown'],
  [`{"cut":"${'x'.repeat(100)}`, 'unknown'],
])('takes %s for what the system may have said, or not', (text, outcome) => {
  expect(judgeByStatus({ httpStatus: 200, text, atMs: 0 }).outcome).toBe(outcome)
})

it.each([
  ['{"success":false,"error":"refund not open yet"}', 'unknown'],
  ['{"ok":false}', 'unknown'],
  ['{"error":{"code":7}}', 'unknown'],
  ['{"errors":["no"]}', 'unknown'],
  ['{"success":true,"error":null,"errors":[]}', 'accepted'],
  ['{"sessionId":"s","error":""}', 'accepted'],
])('takes %s beside a 2xx for the denial that it is, or not', (text, outcome) => {
  expect(judgeByStatus({ httpStatus: 200, text, atMs: 0 }).outcome).toBe(outcome)
})

it('says what a denial says', () => {
  const text = '{"success":false,"error":"refund not open yet"}'
  expect(judgeByStatus({ httpStatus: 200, text, atMs: 0 }).why).toMatch(/denies it.*“refund not open yet”/)
})

it('quotes the system, short and without its secrets', () => {
  const secret = 'ab'.repeat(32)
  const text = JSON.stringify({ error: `the secret 0x${secret} is wrong ${'x'.repeat(1_000)}` })
  const { why } = judgeByStatus({ httpStatus: 400, text, atMs: 0 })
  expect(why).toContain('It says: “the secret')
  expect(why).not.toContain(secret)
  expect(why.length).toBeLessThan(400)
})
