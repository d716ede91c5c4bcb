import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from './parse.ts'
import { FIELDS, QueryProblem, type Query } from './query.ts'

const text = (value: string): Query => ({ kind: 'text', text: value })
const term = (field: string, value: string) => ({ kind: 'term', field, op: ':', value })

describe('parseQuery', () => {
  it.each(['', '   ', '\n\t'])('takes %j for everything', (source) => {
    expect(parseQuery(source)).toEqual({ kind: 'all' })
  })

  it.each<[string, unknown]>([
    ['abc', text('abc')],
    ['"two words"', text('two words')],
    ['"a \\"b\\" \\\\c"', text('a "b" \\c')],
    ['""', text('')],
    ['"a:b"', text('a:b')],
    ['"or"', text('or')],
    ['10.5%', text('10.5%')],
    ['system:fusion', term('system', 'fusion')],
    ['SYSTEM:Fusion', term('system', 'fusion')],
    ['phase:executing', term('phase', 'executing')],
    ['status:waiting_for_source_lock', term('status', 'waiting_for_source_lock')],
    ['status:"needs care"', term('status', 'needs care')],
    ['maker:0xAb', term('maker', '0xAb')],
    ['connection:fusion-test', term('connection', 'fusion-test')],
    ['chain:84532', term('chain', '84532')],
    ['token:a:b', term('token', 'a:b')],
    ['is:at-risk', term('is', 'at-risk')],
    ['IS:Stuck', term('is', 'stuck')],
    ['has:gap', term('has', 'gap')],
    ['age:>10m', { kind: 'term', field: 'age', op: '>', value: '10m', ms: 600_000 }],
    ['age:>30s', { kind: 'term', field: 'age', op: '>', value: '30s', ms: 30_000 }],
    ['updated:<2h', { kind: 'term', field: 'updated', op: '<', value: '2h', ms: 7_200_000 }],
    ['updated:<1D', { kind: 'term', field: 'updated', op: '<', value: '1D', ms: 86_400_000 }],
  ])('reads %s', (source, query) => {
    expect(parseQuery(source)).toEqual(query)
  })

  it('joins by spaces before "or", and "not" binds closest', () => {
    expect(parseQuery('a b or not c d')).toEqual({
      kind: 'or',
      of: [
        { kind: 'and', of: [text('a'), text('b')] },
        { kind: 'and', of: [{ kind: 'not', of: text('c') }, text('d')] },
      ],
    })
  })

  it('lets parentheses, capitals and a written "and" say the same', () => {
    expect(parseQuery('(a and b) OR (NOT c AND d)')).toEqual(parseQuery('a b or not c d'))
    expect(parseQuery('a(b or c)d')).toEqual({
      kind: 'and',
      of: [text('a'), { kind: 'or', of: [text('b'), text('c')] }, text('d')],
    })
    expect(parseQuery('not not a')).toEqual({ kind: 'not', of: { kind: 'not', of: text('a') } })
  })

  it.each<[string, number, string]>([
    ['foo:bar', 0, 'one of the fields system, connection,'],
    ['a foo:bar', 2, 'one of the fields'],
    ['constructor:x', 0, 'one of the fields'],
    ['phase:done', 6, 'one of created, open, matched'],
    ['system:acme', 7, 'one of fusion, oneinch-fusion'],
    ['is:fine', 3, 'one of stuck, open'],
    ['has:teeth', 4, 'one of gap, note'],
    ['chain:base', 6, 'a chain id in digits'],
    ['status:', 7, 'a value after "status:"'],
    ['status: x', 7, 'a value after "status:"'],
    ['(status:)', 8, 'a value after "status:"'],
    ['status:""', 7, 'a value after "status:"'],
    ['status:>x', 7, 'a value: only age and updated compare'],
    ['age:10m', 4, '">" or "<"'],
    ['age:>10', 5, 'a length of time'],
    ['age:>10y', 5, 'a length of time'],
    ['age:>9999999999d', 5, 'a length of time'],
    ['"open', 5, 'a closing quote'],
    ['status:"open', 12, 'a closing quote'],
    ['(a', 2, '")"'],
    ['(a or', 5, 'a term'],
    ['()', 1, 'a term'],
    ['a)', 1, 'a term or the end'],
    ['or a', 0, 'a term'],
    ['a or or b', 5, 'a term'],
    ['a and', 5, 'a term'],
    ['not', 3, 'a term'],
  ])('refuses %s at %i', (source, at, expected) => {
    const problem = problemOf(source)
    expect(problem.at).toBe(at)
    expect(problem.expected).toContain(expected)
    expect(problem.message).toMatch(/^At character \d+: expected .+, found .+\.$/)
  })

  it('refuses what nobody asks: deep nesting and very many terms', () => {
    expect(problemOf(`${'('.repeat(5_000)}a`).expected).toContain('levels')
    expect(problemOf('not '.repeat(5_000)).expected).toContain('levels')
    expect(problemOf('a '.repeat(201)).expected).toBe('at most 200 terms')
    expect(parseQuery('a '.repeat(200))).toMatchObject({ kind: 'and' })
    expect(parseQuery('(not a) '.repeat(100))).toMatchObject({ kind: 'and' })
  })

  it('repeats no more than a piece of a wrong text', () => {
    expect(problemOf(`phase:${'x'.repeat(5_000)}`).message.length).toBeLessThan(250)
  })

  it('never throws anything but a problem with a place inside the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...FIELDS.map((field) => `${field}:`),
        'or',
        'and',
        'not',
        '(',
        ')',
        '"',
        '\\',
        '>',
        '<',
        '10m',
        ' ',
      ),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const source = pieces.join('')
        try {
          parseQuery(source)
        } catch (problem) {
          expect(problem).toBeInstanceOf(QueryProblem)
          expect((problem as QueryProblem).at).toBeGreaterThanOrEqual(0)
          expect((problem as QueryProblem).at).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('finds any text again that is quoted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(parseQuery(`"${value.replaceAll(/["\\]/g, '\\$&')}"`)).toEqual(text(value))
      }),
    )
  })
})

function problemOf(source: string): QueryProblem {
  try {
    parseQuery(source)
  } catch (problem) {
    if (problem instanceof QueryProblem) return problem
    throw problem
  }
  throw new Error(`${source} was accepted`)
}
