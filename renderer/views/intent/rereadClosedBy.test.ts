import { expect, test } from 'vitest'
import type { Presence } from '../../../shared/api/presence.ts'
import { rereadClosedBy } from './rereadClosedBy.ts'

const presence = (state: Presence['state']) => ({ state }) as Presence

test('reading again is closed only without a connection that this console runs', () => {
  expect(rereadClosedBy(undefined)).toContain('profile')
  expect(rereadClosedBy({ isHeldHere: false, presence: presence('live') })).toContain('another')
  expect(rereadClosedBy({ isHeldHere: true, presence: presence('stopped') })).toContain('stopped')
  expect(rereadClosedBy({ isHeldHere: true, presence: presence('retrying') })).toBeNull()
})
