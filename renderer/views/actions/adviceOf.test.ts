import { expect, test } from 'vitest'
import { adviceOf } from './adviceOf.ts'

test('the advice of the last outcome stands until something newer becomes known; readings change nothing', () => {
  const sending = { kind: 'sending' } as const
  const unknown = { kind: 'unknown', advice: 'Do not give it again.' } as const
  const read = { kind: 'read', advice: null } as const
  expect(adviceOf([sending, unknown, read, read])).toBe('Do not give it again.')
  expect(adviceOf([sending, unknown, read, { kind: 'resolved' }])).toBeNull()
  expect(adviceOf([sending])).toBeNull()
})
