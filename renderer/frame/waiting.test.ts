import { expect, test } from 'vitest'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { attentionCount, unwellCount } from './waiting.ts'

function status(
  counts: Partial<ConsoleStatus['counts']>,
  states: readonly string[] = [],
): Pick<ConsoleStatus, 'connections' | 'counts'> {
  return {
    counts: { stuck: 0, endedAtRisk: 0, contradicted: 0, silenced: 0, ...counts },
    connections: states.map((state) => ({ presence: { state } })),
  } as unknown as Pick<ConsoleStatus, 'connections' | 'counts'>
}

test('a connection that is heard or being opened needs no look, any other does', () => {
  expect(unwellCount(status({}, ['live', 'connecting']))).toBe(0)
  expect(
    unwellCount(status({}, ['live', 'stale', 'retrying', 'needs-credentials', 'refused', 'stopped'])),
  ).toBe(5)
})

test.each([
  { counts: { stuck: 3 }, states: ['live'], number: 3 },
  { counts: { endedAtRisk: 2, atRisk: 9 }, states: ['live'], number: 2 },
  { counts: { contradicted: 4 }, states: ['live'], number: 4 },
  { counts: { stuck: 3, contradicted: 1, silenced: 2 }, states: ['live'], number: 2 },
  { counts: {}, states: ['live', 'retrying'], number: 1 },
  { counts: { stuck: 1, endedAtRisk: 1, contradicted: 1 }, states: ['stale'], number: 4 },
])('beside Attention stands the number of its lines: $number', ({ counts, states, number }) => {
  expect(attentionCount(status(counts, states))).toBe(number)
})
