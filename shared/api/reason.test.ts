import { expect, test } from 'vitest'
import { isReason } from './reason.ts'

test.each([
  ['nothing', ''],
  ['blanks', ' \t\n\u00a0\u3000'],
  ['zero-width characters and marks of direction', '\u200b\u200c\u200d\u200e\u200f\u202e\u2066'],
  ['joiners, byte order marks and soft hyphens', '\u2060\ufeff\u00ad'],
  ['control characters', '\u0000\u0007\u001b\u0085'],
  ['marks without a letter', '\u0301\u0489\ufe0f'],
  ['fillers and an empty braille cell', '\u3164\u115f\uffa0\u2800'],
])('%s are no reason', (_, given) => {
  expect(isReason(given)).toBe(false)
})

test.each(['a', '?', '４７１１', '客', 'e\u0301', '\u200bx\u200b', '🙂', 'کتاب'])('“%s” is one', (given) => {
  expect(isReason(given)).toBe(true)
})
