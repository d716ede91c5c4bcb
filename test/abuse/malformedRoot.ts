import { bareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { DEADLY, goodFrame, malformedFrame } from './malformedFrames.ts'

/**
 * Root of a backend in a process of its own, so that its memory is not counted with the console's. Told how many
 * malformed frames to send, it sends them with a good one after every tenth, ends the connection with deadly bytes now
 * and then, waits until the console is back, and answers how many good ones it sent.
 */
const KILL_EVERY = 2_500

/** As many as a socket takes without holding them all in memory. */
const BURST = 50

const fusion = await bareFusion()
let sentCount = 0
let goodCount = 0

async function isHeard(): Promise<void> {
  await until('the console to listen', () => fusion.listeners() === 1 && fusion.openSockets() === 1)
}

async function send(count: number): Promise<void> {
  await isHeard()
  for (let left = count; left > 0; left -= 1) {
    sentCount += 1
    fusion.sayText(malformedFrame(sentCount))
    if (sentCount % 10 === 0) {
      goodCount += 1
      fusion.sayText(goodFrame(goodCount))
    }
    if (sentCount % BURST === 0) await until('the network to take it', fusion.isSent)
    if (sentCount % KILL_EVERY === 0) {
      const joined = fusion.sockets.length
      fusion.sayBytes(DEADLY[(sentCount / KILL_EVERY) % DEADLY.length] ?? Buffer.alloc(0))
      fusion.drop()
      await until('the console to come back', () => fusion.sockets.length > joined)
      await isHeard()
    }
  }
}

process.on('message', (count: number) => {
  send(count).then(
    () => process.send?.({ goodCount }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.({ url: fusion.url })
