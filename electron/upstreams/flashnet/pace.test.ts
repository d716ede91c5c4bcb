import { describe, expect, it } from 'vitest'
import { nextReadingMs, type Standing } from './pace.ts'

const NOW_MS = 1_795_269_900_000
const MINUTE_MS = 60_000

/** The wait without jitter, milliseconds. */
function waitOf(more: Partial<Standing>): number | null {
  const standing = { status: 'ACCEPTED', createdAtMs: NOW_MS, deadlineAtMs: null, followedCount: 1, ...more }
  const nextMs = nextReadingMs(standing, { nowMs: () => NOW_MS }, () => 0.5)
  return nextMs === null ? null : nextMs - NOW_MS
}

describe('the pace of readings', () => {
  it.each([
    ['young', { createdAtMs: NOW_MS - MINUTE_MS }, 1_500],
    ['older than the SDK watches it', { createdAtMs: NOW_MS - 10 * MINUTE_MS }, 10_000],
    ['old', { createdAtMs: NOW_MS - 90 * MINUTE_MS }, 30_000],
    ['included, however old', { status: 'included_pending_finality', createdAtMs: 0 }, 1_500],
    ['old, shortly before its deadline', { createdAtMs: 0, deadlineAtMs: NOW_MS + MINUTE_MS }, 1_500],
    ['old, shortly after its deadline', { createdAtMs: 0, deadlineAtMs: NOW_MS - MINUTE_MS }, 1_500],
    ['of no known age', { createdAtMs: null }, 10_000],
    ['one of a thousand', { followedCount: 1_000 }, 50_000],
  ])('of one that is %s', (_, more, waitMs) => {
    expect(waitOf(more)).toBe(waitMs)
  })

  it.each(['FINALIZED', 'EXPIRED', 'rejected', 'finalized'])('ends with %s', (status) => {
    expect(waitOf({ status })).toBeNull()
  })

  it('differs a little each time', () => {
    const standing: Standing = {
      status: 'ACCEPTED',
      createdAtMs: NOW_MS,
      deadlineAtMs: null,
      followedCount: 1,
    }
    const at = (chance: number): number | null =>
      nextReadingMs(standing, { nowMs: () => NOW_MS }, () => chance)
    expect([at(0), at(1)]).toEqual([NOW_MS + 1_350, NOW_MS + 1_650])
  })
})
