import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completions } from './completions.ts'
import { parseQuery } from './parse.ts'
import { CLOSED_VALUES } from './query.ts'

const at = (text: string, known = {}) => completions(text, text.length, known)

describe('completions', () => {
  it('offers fields while a word begins', () => {
    expect(at('a (st')).toEqual({ from: 3, to: 5, options: ['status:'] })
    expect(at('').options).toContain('phase:')
    expect(at('n').options).toEqual(['not '])
    expect(at('xyz').options).toEqual([])
  })

  it('offers the values of a field', () => {
    expect(at('is:')).toEqual({ from: 3, to: 3, options: [...CLOSED_VALUES.is] })
    expect(at('not phase:re').options).toEqual(['refunding', 'refunded'])
    expect(at('age:>1').options).toEqual(['>10m', '>1h', '>1d'])
    expect(at('foo:x').options).toEqual([])
  })

  it('offers what the caller knows, in quotes where it has spaces', () => {
    expect(at('connection:f', { connection: ['fusion-test', 'eth'] }).options).toEqual(['fusion-test'])
    expect(at('status:', { status: ['needs care'] }).options).toEqual(['"needs care"'])
  })

  it('looks only at what stands before the caret', () => {
    expect(completions('phase:open is:stuck', 8)).toEqual({ from: 6, to: 8, options: ['open'] })
  })

  it('gives values that the parser takes', () => {
    for (const field of ['system:', 'phase:', 'is:', 'has:', 'age:', 'updated:']) {
      for (const option of at(field).options)
        expect(parseQuery(field + option)).toMatchObject({ kind: 'term' })
    }
  })

  it('stays inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, place) => {
        const caret = Math.min(place, text.length)
        const { from, to } = completions(text, caret)
        expect(from >= 0 && from <= to && to === caret).toBe(true)
      }),
    )
  })
})
