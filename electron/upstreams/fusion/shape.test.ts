import { describe, expect, it } from 'vitest'
import { facts, ID, intentOf, quarantineOf, raw } from '../../../test/fusionFacts.ts'
import { normalise } from './normalise.ts'

describe('quarantine', () => {
  it.each([
    { name: 'no intentId', payload: { status: 'matched' }, path: '$.intentId', reason: 'found nothing' },
    {
      name: 'an id that is a number',
      payload: { intentId: 7, status: 'matched' },
      path: '$.intentId',
      reason: 'found a number',
    },
    {
      name: 'an empty id',
      payload: { intentId: '', status: 'matched' },
      path: '$.intentId',
      reason: 'found an empty text',
    },
    {
      name: 'an id beyond reason',
      payload: { intentId: 'x'.repeat(5_000) },
      path: '$.intentId',
      reason: 'at most 200',
    },
    {
      name: 'a status that is an object',
      payload: { intentId: ID, status: {} },
      path: '$.status',
      reason: 'found an object',
    },
    { name: 'an array', payload: [], path: '$', reason: 'found an array' },
    { name: 'null', payload: null, path: '$', reason: 'found null' },
    { name: 'a number', payload: 7, path: '$', reason: 'found a number' },
    { name: 'a text', payload: '"x"', path: '$', reason: 'found a text' },
    { name: 'no JSON', payload: '{"intentId":', path: '$', reason: 'Not JSON' },
    { name: 'NaN', payload: '{"intentId":NaN}', path: '$', reason: 'Not JSON' },
    {
      name: 'too much depth',
      payload: `${'['.repeat(80)}${']'.repeat(80)}`,
      path: '$',
      reason: 'nests deeper',
    },
  ])('takes $name whole and names the place', ({ payload, path, reason }) => {
    const all = facts('intent:status', payload)
    expect(all.every((fact) => fact.about === 'quarantine')).toBe(true)
    expect(quarantineOf(all)[0]?.path).toBe(path)
    expect(quarantineOf(all)[0]?.reason).toContain(reason)
  })

  it('keeps the status of a frame whose amount is wrong, and says so', () => {
    const all = facts('intent:status', {
      intentId: ID,
      status: 'executing',
      amount: '1.5e18',
      solver: '0x52',
    })
    const fact = intentOf(all)
    expect(fact.claim?.status).toBe('executing')
    expect(fact.flags).toEqual(['quarantined'])
    expect(fact.learned.source).toBeUndefined()
    expect(fact.learned.solver).toBe('0x52')
    expect(quarantineOf(all)).toMatchObject([{ path: '$.amount' }])
  })

  it('does not read what framing already gave up', () => {
    const damage = { path: '$', reason: 'broken' }
    expect(normalise({ ...raw('unreadable frame', '{"intentId":"0x1"}'), damage })).toEqual([
      { about: 'quarantine', ...damage },
    ])
  })
})
