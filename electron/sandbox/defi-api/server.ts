import { createServer } from 'node:http'
import { openGate } from '../kit/gate.ts'
import { createHistory } from '../kit/history.ts'
import { createRandom } from '../kit/random.ts'
import { createReplyFaults } from '../kit/replyFaults.ts'
import type { SandboxSystem, SystemOptions } from '../system.ts'
import { createDoorkeeper } from './doorkeeper.ts'
import { createDefiFaults } from './faults.ts'
import { calmMood } from './mood.ts'
import { createQuotes } from './quotes.ts'
import { serveRest } from './rest.ts'
import { startStory } from './story.ts'

/** Name of the variable that would hold the private key of the connection. */
const KEY_NAME = 'SANDBOX_DEFI_API_KEY'

/** Name of the variable that would hold the API key of the two older generations. */
const API_KEY_NAME = 'SANDBOX_DEFI_API_PLAIN_KEY'

/** Swaps of the same cast on the wire of the DeFi API, in all three generations on one port. Fails when it is taken. */
export async function startDefiApi(options: SystemOptions): Promise<SandboxSystem> {
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
    onChange: ({ intentId, status }) => {
      const payload = { intent_id: intentId, status }
      history.offered({ atMs: clock.nowMs(), room: 'story', event: 'changed', payload, isGarbled: false })
    },
  })
  const replies = createReplyFaults(clock)
  const faults = createDefiFaults({ gate, mood, story, clock, replies })
  // What an earlier run was asked is forgotten, so nothing that it handed out may be handed out again.
  const random = createRandom(seed).branch(`defi-api answers ${absence?.untilMs ?? ''}`)
  const quotes = createQuotes(clock, random.branch('quotes'))
  const source = { story, mood, random, quotes, replies, clock }
  http.on('request', serveRest({ ...source, history, faults, doorkeeper }))

  return {
    connections: [
      {
        id: 'demo-defi',
        system: 'defi-api',
        url: `http://127.0.0.1:${gate.port}`,
        credential: `env:${KEY_NAME}`,
        settings: { generation: 'signed' },
      },
    ],
    credentials: { [KEY_NAME]: doorkeeper.privateKey, [API_KEY_NAME]: doorkeeper.apiKey },
    faults,
    history,
    close: async () => {
      story.close()
      replies.close()
      faults.calm()
      await gate.close()
      http.close()
    },
  }
}
