import { expect, it } from 'vitest'
import { answer, condition, linesOf } from './actAnswer.ts'

it('tells a person what became of it, what to do, and which condition stands against it', () => {
  const refused = answer({
    command: 'prepareRefund',
    outcome: 'refused',
    why: 'The system refused it (HTTP 409).',
    advice: 'Read the intent again.',
    preconditions: [condition('connection live', true, ''), condition('reason given', false, 'Say why.')],
  })
  expect(linesOf(refused)).toEqual([
    'prepareRefund: refused. The system refused it (HTTP 409).',
    '  What to do: Read the intent again.',
    '  met     connection live',
    '  unmet   reason given: Say why.',
  ])
  expect(linesOf({ ...refused, advice: null }).join()).not.toContain('What to do')
})
