import { describe, expect, test } from 'vitest'
import { isSkippedWithout } from '../secrets/needs.ts'
import { callsOf, syncsIn, watchSyncs } from './syncs.ts'

/** Node and a store under strace, on a machine that does other things too. */
const LIMIT_MS = 60_000

describe.skipIf(isSkippedWithout('strace'))('what the system calls say', () => {
  test.each([
    ['every commit of events', 'events'],
    ['every step of an action', 'steps'],
  ] as const)(
    'between the last write of %s and the word that it is kept, the log is synced; nobody waits for a checkpoint',
    { timeout: LIMIT_MS },
    (_, what) => {
      expect(watchSyncs('honest', what)).toEqual({ ackCount: 20, unsynced: [], stalled: [] })
    },
  )

  test.each(['events', 'steps'] as const)(
    'the control: with synchronous = NORMAL every commit of %s is seen to be unsynced',
    { timeout: LIMIT_MS },
    (what) => {
      const { ackCount, unsynced } = watchSyncs('normal', what)
      expect([ackCount, unsynced.length]).toEqual([20, 20])
    },
  )
})

test('a sync counts only when it has ended, is of the log, and comes after the last write', () => {
  const write = '7 pwrite64(21</d/console.db-wal>, "x"..., 24, 0) = 24'
  const ack = (n: number) => `6 write(1<pipe:[1]>, "ack ${n}\\n", 6) = 6`
  const trace = [
    ...[
      write,
      '7 fdatasync(21</d/console.db-wal> <unfinished ...>',
      ack(1),
      '7 <... fdatasync resumed>) = 0',
    ],
    ...[write, '7 fdatasync(20</d/console.db>) = 0', ack(2)],
    ...['7 fdatasync(21</d/console.db-wal>) = 0', write, ack(3)],
    ...[write, '7 fsync(21</d/console.db-wal> <unfinished ...>', '7 <... fsync resumed>) = 0', ack(4)],
    ...[
      write,
      '7 fdatasync(21</d/console.db-wal>) = 0',
      '7 pwrite64(20</d/console.db>, "x"..., 8, 0) = 8',
      ack(5),
    ],
  ]
  expect(syncsIn(callsOf(trace.join('\n')))).toEqual({
    ackCount: 5,
    unsynced: ['1', '2', '3'],
    stalled: ['5'],
  })
})
