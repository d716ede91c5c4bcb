import { describe, expect, it } from 'vitest'
import type { CommandField } from '../../../shared/api/action.ts'
import { inputOf } from './commandInput.ts'

function field(name: string, more: Partial<CommandField> = {}): CommandField {
  return { name, words: 'The field', kind: 'text', isRequired: false, hint: '', prefill: null, ...more }
}

describe('inputOf', () => {
  it('takes text without the blanks around it and leaves out what is empty', () => {
    expect(inputOf([field('a'), field('b')], { a: ' 0xabc\n', b: '  ' })).toEqual({ input: { a: '0xabc' } })
  })

  it('says by its words what is missing', () => {
    expect(inputOf([field('a', { isRequired: true })], { a: ' ' })).toEqual({
      problems: { a: 'The field is needed.' },
    })
  })

  it('hands JSON on as it was written, so that no digit is lost', () => {
    const text = '{"amount":10000000000000000001}'
    expect(inputOf([field('a', { kind: 'signed-file' })], { a: text })).toEqual({ input: { a: text } })
  })
})
