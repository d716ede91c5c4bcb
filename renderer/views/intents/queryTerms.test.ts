import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../shared/query/parse.ts'
import { hasTerm, toggleTerm, valueOf, withoutField } from './queryTerms.ts'

describe('toggleTerm', () => {
  it('adds and takes away a condition', () => {
    expect(toggleTerm('', 'is:stuck')).toBe('is:stuck')
    expect(toggleTerm('maker:0xabab is:stuck', 'is:stuck')).toBe('maker:0xabab')
  })

  it('lets one system give way to another, but keeps two things that an intent can be', () => {
    expect(toggleTerm('system:fusion is:stuck', 'system:flashnet')).toBe('is:stuck system:flashnet')
    expect(toggleTerm('is:stuck', 'is:watched')).toBe('is:stuck is:watched')
  })

  it('puts a query with or into parentheses, so that its meaning stays', () => {
    const query = toggleTerm('phase:open or phase:matched', 'is:stuck')
    expect(query).toBe('(phase:open or phase:matched) is:stuck')
    expect(() => parseQuery(query)).not.toThrow()
    expect(toggleTerm(query, 'is:stuck')).toBe('(phase:open or phase:matched)')
  })

  it('keeps a quoted value whole', () => {
    expect(toggleTerm('status:"a b"  is:open', 'is:open')).toBe('status:"a b"')
  })
})

describe('valueOf', () => {
  it('is the value of a condition of its own', () => {
    expect(valueOf('is:open route:1-10', 'route:')).toBe('1-10')
    expect(valueOf('is:open or route:1-10', 'route:')).toBeNull()
  })
})

describe('hasTerm and withoutField', () => {
  it('sees only conditions of their own', () => {
    expect(hasTerm('system:fusion', 'system:fusion')).toBe(true)
    expect(hasTerm('not system:fusion', 'system:fusion')).toBe(false)
    expect(withoutField('system:fusion is:open', 'system:')).toBe('is:open')
  })
})
