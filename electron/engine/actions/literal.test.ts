import { expect, test } from 'vitest'
import type { CommandRequest } from '../../upstreams/command.ts'
import { fingerprintOf } from '../../upstreams/kit/redact.ts'
import { keptRequest, shownRequest, valueOf, withoutSecrets } from './literal.ts'

const SECRET = `0x${'a1b2'.repeat(16)}`
const SIGNATURE = `0x${'c3d4'.repeat(16)}`

function request(body: object | null): CommandRequest {
  return {
    method: 'POST',
    url: 'http://backend/secret',
    body: body === null ? null : JSON.stringify(body),
    secretHeaders: ['Authorization'],
    secrets: [SECRET],
  }
}

test('a request is shown as it is sent, but for the credential and the secrets of its body', () => {
  const shown = shownRequest(request({ orderHash: '0x1', x: SECRET, signature: SIGNATURE }))
  expect(shown.headers).toEqual([
    ['accept', 'application/json'],
    ['content-type', 'application/json'],
    ['content-length', '173'],
    ['authorization', '••••••••'],
  ])
  expect(shown.bodyText).toBe(
    JSON.stringify({ orderHash: '0x1', x: fingerprintOf(SECRET), signature: SIGNATURE }),
  )
  expect(shown.body).toMatchObject({ signature: SIGNATURE })
})

test('what is kept has its signatures redacted too', () => {
  const kept = keptRequest(request({ x: SECRET, signature: SIGNATURE }))
  expect(JSON.stringify(kept)).not.toMatch(/a1b2a1b2|c3d4c3d4/)
  expect(kept.body).toMatchObject({ signature: fingerprintOf(SIGNATURE) })
})

test('a request without a body says so', () => {
  expect(shownRequest(request(null))).toMatchObject({ body: null, bodyText: null })
  expect(shownRequest(request(null)).headers.map(([name]) => name)).toEqual(['accept', 'authorization'])
})

test('a secret is found with and without 0x and in either case', () => {
  const bare = SECRET.slice(2)
  const text = `${SECRET} ${bare} ${bare.toUpperCase()}`
  expect(withoutSecrets(text, [SECRET])).not.toMatch(/a1b2a1b2/i)
  expect(withoutSecrets('a.c abc', ['a.c'])).toBe(`${fingerprintOf('a.c')} abc`)
})

test('numbers that JavaScript would round are shown as their digits', () => {
  expect(valueOf('{"amount":123456789012345678901234567890,"n":7,"list":[1]}')).toEqual({
    ...{ amount: '123456789012345678901234567890', n: 7, list: [1] },
  })
  expect(valueOf('not JSON')).toBe('not JSON')
  expect(valueOf('')).toBeNull()
})
