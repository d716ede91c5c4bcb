import { io } from 'socket.io-client'
import { expect, it } from 'vitest'
import { QUARANTINED_PER_DAY } from '../../electron/store/writer.ts'
import { bareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { survive } from './malformed.ts'
import { goodFrame, malformedFrame } from './malformedFrames.ts'

it(
  '5,000 malformed frames and bytes of no protocol: nothing falls, nothing good is lost',
  { timeout: 120_000 },
  async () => {
    const survival = await survive(5_000, 2_500)
    expect(survival.missing).toEqual([])
    expect(survival.goodCount).toBe(500)
    expect(survival.unhandled).toEqual([])
    expect(survival.isLive).toBe(true)
    expect(survival.quarantinedCount).toBeGreaterThan(4_000)
    expect(survival.keptCount).toBeLessThanOrEqual(QUARANTINED_PER_DAY)
  },
)

it('control: the library alone gives the connection up at the first of them', async () => {
  const fusion = await bareFusion()
  const naive = io(fusion.url, { transports: ['websocket'], reconnection: false })
  let [heardCount, isClosed] = [0, false]
  naive.on('intent:status_changed', () => (heardCount += 1))
  naive.on('disconnect', () => (isClosed = true))
  await until('the connection', () => fusion.openSockets() === 1 && naive.connected)
  for (let n = 1; n <= 20; n += 1) {
    fusion.sayText(malformedFrame(n))
    fusion.sayText(goodFrame(n))
  }
  await until('the end', () => isClosed)
  expect(heardCount).toBeLessThan(20)
  naive.close()
  await fusion.close()
})
