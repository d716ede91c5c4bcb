import { bareFusion } from '../bareFusion.ts'
import { STALE_AFTER_MS, type FakeUpstream, type SystemBench } from './systemBench.ts'

const CREATED_AT_MS = Date.UTC(2026, 10, 21, 15)

/** The id of intent `n`. */
function fusionIdOf(n: number): string {
  return `0x${n.toString(16).padStart(64, '0')}`
}

/** The Fusion backend's other end. */
export const fusionSystem: SystemBench = {
  system: 'fusion',
  serve,
  settings: { transports: ['websocket'], staleAfterMs: STALE_AFTER_MS },
  staleAfterMs: STALE_AFTER_MS,
  isGood: ({ kind, payload, damage }, n) =>
    kind === 'intent:new' && damage === undefined && payload.includes(fusionIdOf(n)),
  id: fusionIdOf(1),
  readPath: '/api/intents/',
}

async function serve(port = 0): Promise<FakeUpstream> {
  const fusion = await bareFusion(port)
  fusion.greet = () => {
    if (fake.welcome === 'garbage') fake.sayGarbage()
    if (fake.welcome === 'end') fusion.drop()
  }
  fusion.answer = (request, response) => {
    if (fake.answerRest === null) return false
    fake.answerRest(request, response)
    return true
  }
  fusion.answerHandshake = () => fake.answerHandshake
  const fake: FakeUpstream = {
    url: fusion.url,
    restUrl: null,
    sayGood: (n) => {
      const atMs = CREATED_AT_MS + n
      fusion.say('intent:new', {
        intentId: fusionIdOf(n),
        status: 'matched',
        createdAt: atMs,
        updatedAt: atMs,
      })
    },
    sayBroken: () => {
      fusion.sayText('2["intent:new",{"intentId":')
    },
    sayGarbage: () => {
      // A WebSocket frame with reserved bits and an opcode that does not exist.
      fusion.sayBytes(Buffer.from([0xff, 0x7f, 0x00, 0x13, 0x37]))
    },
    sayHuge: (bytes) => {
      fusion.sayText(`2["intent:new","${'x'.repeat(bytes)}"]`)
    },
    saySecret: (secret) => {
      const payload = { intentId: fusionIdOf(7), htlcState: { preimage: secret, deep: [{ secret }] } }
      for (const event of ['intent:status', 'intent:status_changed', 'intent:settlement_proof', 'unheard:of'])
        fusion.say(event, payload)
      fusion.say('error', { message: `refused: the preimage is ${secret}` })
      fusion.sayText(`2["intent:new",{"preimage":"${secret}"`)
    },
    welcome: 'well',
    get isMute() {
      return fusion.isMute
    },
    set isMute(isMute) {
      fusion.isMute = isMute
    },
    refuse: () => {
      fusion.shutOut('unauthorized')
    },
    admit: fusion.letIn,
    drop: fusion.drop,
    answerRest: null,
    answerHandshake: null,
    handshakes: fusion.handshakes,
    reads: () => fusion.reads.map((read) => read.replace(/^GET /, '')),
    openSockets: fusion.openSockets,
    close: fusion.close,
  }
  return fake
}
