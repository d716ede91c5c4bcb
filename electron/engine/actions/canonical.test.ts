import { expect, test } from 'vitest'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { CommandRequest } from '../../upstreams/command.ts'
import { bodyDigestOf, canonicalOf, changesBetween, hashOfCommand, type Canonical } from './canonical.ts'

const request: CommandRequest = {
  method: 'POST',
  url: 'http://backend/refund',
  body: '{"intentId":"0xabc"}',
  secretHeaders: [],
  secrets: [],
}

const command = { name: 'refund', words: 'Refund', expected: 'A refund.', warning: '' }

const bound: Canonical = {
  system: 'fusion',
  connection: connectionId('test'),
  command,
  request,
  subject: '0xabc',
  intent: null,
  basis: { status: 'failed', amount: '1500000' },
  ledger: 1,
  minutes: 30,
}

function hashWith(more: Partial<Canonical>): string {
  return hashOfCommand(canonicalOf({ ...bound, ...more }))
}

test('the hash depends on everything that is sent and that it rests on, and on nothing else', () => {
  const hash = hashWith({})
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(hashWith({ basis: { amount: '1500000', status: 'failed' } })).toBe(hash)
  expect(hashWith({ request: { ...request, secrets: ['not in it'] } })).toBe(hash)
  const others = [
    hashWith({ system: 'flashnet' }),
    hashWith({ connection: connectionId('other') }),
    hashWith({ subject: '0xabd' }),
    hashWith({ basis: { status: 'failed', amount: '1500001' } }),
    hashWith({ request: { ...request, url: 'http://backend/refunds' } }),
    hashWith({ request: { ...request, method: 'GET' } }),
    hashWith({ request: { ...request, body: '{"intentId": "0xabc"}' } }),
    hashWith({ request: { ...request, body: null } }),
    hashWith({ request: { ...request, secretHeaders: ['authorization'] } }),
    hashWith({ command: { ...command, name: 'read' } }),
    hashWith({ command: { ...command, words: 'Read' } }),
    hashWith({ command: { ...command, expected: 'Nothing.' } }),
    hashWith({ command: { ...command, warning: 'Look twice.' } }),
    hashWith({ ledger: 2 }),
    hashWith({ minutes: 31 }),
  ]
  expect(new Set([hash, ...others]).size).toBe(others.length + 1)
})

test('a body is bound by its bytes', () => {
  expect(bodyDigestOf({ ...request, body: 'abc' })).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  expect(bodyDigestOf({ ...request, body: null })).toBeNull()
})

test('a difference names the field with what was and what is, also where one of them is nothing', () => {
  const was = { status: 'matched', amount: '1' }
  expect(changesBetween(was, { status: 'matched', amount: '1' })).toEqual([])
  expect(changesBetween(was, { status: 'executing', maker: '0x1' })).toEqual([
    { field: 'status', was: 'matched', is: 'executing' },
    { field: 'amount', was: '1', is: null },
    { field: 'maker', was: null, is: '0x1' },
  ])
})
