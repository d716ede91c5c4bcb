import { createServer } from 'node:http'
import { openGate } from '../kit/gate.ts'
import { createHistory } from '../kit/history.ts'
import { createRandom } from '../kit/random.ts'
import { createReplyFaults } from '../kit/replyFaults.ts'
import type { SandboxSystem, SystemOptions } from '../system.ts'
import { createDoorkeeper } from './doorkeeper.ts'
import { CHAIN_ID } from './bodies.ts'
import { createFlashnetFaults } from './faults.ts'
import { createIntake } from './intake.ts'
import { calmMood } from './mood.ts'
import { serveRest } from './rest.ts'
import { startStory } from './story.ts'

/** Name of the variable that would hold the private key of the connection. */
const KEY_NAME = 'SANDBOX_FLASHNET_KEY'

/** Submissions of the same cast on the wire of the Flashnet gateway, on one port of 127.0.0.1. Fails when it is taken. */
export async function startFlashnet(options: SystemOptions): Promise<SandboxSystem> {
  const { world, clock, seed, rate, absence } = options
  const history = createHistory(options.historyLength)
  const mood = calmMood()
  const doorkeeper = createDoorkeeper(clock)
  const http = createServer()
  const gate = await openGate(options.port, (line) => http.emit('connection', line))
  const story = startStory({
    seed,
    rate,
    clock,
    absence,
    cast: world.cast,
    isOracleDown: () => mood.isOracleDown,
    onChange: ({ submissionId, stage }) => {
      const payload = { submissionId, stage }
      history.offered({ atMs: clock.nowMs(), room: 'story', event: 'changed', payload, isGarbled: false })
    },
  })
  const replies = createReplyFaults(clock)
  const faults = createFlashnetFaults({ gate, mood, doorkeeper, replies, clock })
  const { publicKey } = doorkeeper
  const intake = createIntake({ story, clock, replies, publicKey, isOld: () => mood.isOld })
  const random = createRandom(seed).branch('flashnet answers')
  http.on('request', serveRest({ story, intake, clock, history, mood, faults, doorkeeper, random }))

  return {
    get connections() {
      const credential = `env:${KEY_NAME}`
      const settings = { watch: story.ids(), chainId: CHAIN_ID }
      const url = `http://127.0.0.1:${gate.port}`
      return [{ id: 'demo-flashnet', system: 'flashnet', url, credential, settings }]
    },
    credentials: { [KEY_NAME]: doorkeeper.key },
    faults,
    history,
    close: async () => {
      story.close()
      faults.calm()
      replies.close()
      await gate.close()
      http.close()
    },
  }
}
