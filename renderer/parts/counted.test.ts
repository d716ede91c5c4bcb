import { expect, test } from 'vitest'
import { counted } from './counted.ts'

test('a count stands with its noun', () => {
  expect([0, 1, 1_204].map((count) => counted(count, 'open intent'))).toEqual([
    '0 open intents',
    '1 open intent',
    '1,204 open intents',
  ])
})
