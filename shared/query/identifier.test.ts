import { describe, expect, it } from 'vitest'
import { looksLikeIdentifier } from './identifier.ts'

describe('looksLikeIdentifier', () => {
  it.each([
    '0x4f1ab2',
    '4F1AB2',
    ' 0x4f1ab2c3d4 ',
    `0x${'ab'.repeat(32)}`,
    '550e8400-e29b-41d4-a716-446655440000',
    '550e84-00',
    '9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM',
    '9WzDXwBb',
    'mn_shield-addr_test1qqqqqqqqqqqqqq',
    'fusion-test:0x4f1ab2c3',
    'a:550e8400-e29b-41d4-a716-446655440000',
    '123456',
  ])('takes %s for one', (text) => {
    expect(looksLikeIdentifier(text)).toBe(true)
  })

  it.each([
    '',
    '0x4f1a',
    '12345',
    'executing',
    'waiting_for_source_lock',
    'FAILED',
    'maker:0x4f1ab2c3',
    'status:decade',
    'is:stuck',
    'fusion-test:',
    '0x4f1ab2 or x',
    '(abcdef)',
  ])('takes %s for a filter', (text) => {
    expect(looksLikeIdentifier(text)).toBe(false)
  })
})
