import { expect, test } from 'vitest'
import { alignColumns, printable } from './table.ts'

test('columns stand under their headings', () => {
  const lines = alignColumns(
    ['A', 'LONG HEADING', 'C'],
    [
      ['one', 'x', 'last'],
      ['fourteen chars', 'y', ''],
    ],
  )
  expect(lines).toEqual([
    'A               LONG HEADING  C',
    'one             x             last',
    'fourteen chars  y',
  ])
})

test.each([
  ['\u001b[2J', '\\u001b[2J'],
  ['a\r\nb\tc', 'a\\u000d\\u000ab\\u0009c'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
  ['\u009b31m', '\\u009b31m'],
  ['\u2028', '\\u2028'],
  ['ordinary — “text” 私', 'ordinary — “text” 私'],
])('%j cannot command a terminal', (text, shown) => {
  expect(printable(text)).toBe(shown)
})
