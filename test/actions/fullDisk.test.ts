import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isSkippedWithoutDisk, mountDisk, unmountDisk } from '../durability/smallDisk.ts'
import { until } from '../until.ts'
import { ActionBench } from './actionBench.ts'

/** The journal tries a disk that refuses every 3 s, and the connection comes back after that. */
const LIMIT_MS = 60_000

/** Left free when the disk is filled, bytes: less than what the store keeps in reserve of 32 MiB. */
const LEFT_BYTES = 512 * 1_024

test.skipIf(isSkippedWithoutDisk())(
  'on a full disk nothing is sent, and once there is room again it is',
  async () => {
    const bench = await ActionBench.open()
    expect(mountDisk(bench.dataDir, 32)).toBeNull()
    try {
      const client = await bench.start()
      const rehearsal = await bench.prepare()
      const filler = join(bench.dataDir, 'filler')
      const { bavail, bsize } = statfsSync(bench.dataDir)
      writeFileSync(filler, new Uint8Array(bavail * bsize - LEFT_BYTES))
      const answer = await bench.give(rehearsal)
      expect(answer.outcome).toBe('closed')
      expect(answer.why).toMatch(/full/)
      expect(bench.refunds).toEqual([])
      const shut = await until('the gate to shut', async () => {
        const { storeTrouble, actions } = await client.status.next({})
        return storeTrouble === null ? null : actions
      })
      expect(shut.isOpen).toBe(false)
      rmSync(filler)
      const open = await until('an open rehearsal', async () => {
        const again = await bench.prepare().catch(() => null)
        return again?.preconditions.every(({ state }) => state === 'met') === true ? again : null
      })
      expect((await bench.give(open)).outcome).toBe('accepted')
      expect(bench.refunds).toHaveLength(1)
      expect((await client.actions.next({})).actions).toMatchObject([{ state: 'accepted' }])
    } finally {
      await bench.stop()
      unmountDisk(bench.dataDir)
      await bench.close()
    }
  },
  LIMIT_MS,
)
