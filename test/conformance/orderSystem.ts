import { bareFrames } from '../bareFrames.ts'
import type { SystemName } from '../../shared/intent/ids.ts'
import { STALE_AFTER_MS, type FakeUpstream, type SystemBench } from './systemBench.ts'

const REFUSED = 'HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

/** The hash of order `n`. */
export function hashOf(n: number): string {
  return `0x${n.toString(16).padStart(64, '0')}`
}

/** In what the other ends of the two systems of 1inch differ. */
interface OrderWire {
  system: SystemName
  /** What `order_created` says beside the hash. */
  created: object
  /** What a frame that asks by this method is answered; null: nothing. */
  reply: (method: unknown) => unknown
  /** What a request over REST is answered. */
  answer: (path: string, body: string) => unknown
  /** Frames with a secret in every place where this wire may hold one. */
  secretFrames: (secret: string) => object[]
  /** The event that says a secret and breaks off. */
  brokenSecret: string
}

/** The other end of a system of orders: frames and readings on one port. */
export function orderSystem(wire: OrderWire): SystemBench {
  return {
    system: wire.system,
    serve: (port = 0) => serve(wire, port),
    settings: { staleAfterMs: STALE_AFTER_MS },
    staleAfterMs: STALE_AFTER_MS,
    isGood: ({ kind, payload, damage }, n) =>
      kind === 'order_created' && damage === undefined && payload.includes(hashOf(n)),
    id: hashOf(1),
    readPath: '/order/status/',
  }
}

async function serve(wire: OrderWire, port: number): Promise<FakeUpstream> {
  const bare = await bareFrames(port)
  let isRefusing = false
  bare.greet = () => {
    if (fake.welcome === 'garbage') fake.sayGarbage()
    if (fake.welcome === 'end') bare.drop(1001)
  }
  bare.answerHandshake = () => fake.answerHandshake ?? (isRefusing ? REFUSED : null)
  bare.answerFrame = (frame) => (fake.isMute ? null : answered(frame))
  bare.answerRest = (request, response, body) => {
    if (fake.answerRest !== null) fake.answerRest(request, response)
    else response.end(JSON.stringify(wire.answer(request.url ?? '', body)))
    return true
  }
  const answered = (frame: unknown): object | null => {
    const { method } = frame as { method?: unknown }
    const result = wire.reply(method)
    return result === null ? null : { method, result }
  }
  const fake: FakeUpstream = {
    url: bare.url,
    restUrl: null,
    sayGood: (n) => {
      bare.say({ event: 'order_created', result: { orderHash: hashOf(n), ...wire.created } })
    },
    sayBroken: () => {
      bare.sayText('{"event":"order_created","result":{')
    },
    sayGarbage: () => {
      // A WebSocket frame with reserved bits and an opcode that does not exist.
      bare.sayBytes(Buffer.from([0xff, 0x7f, 0x00, 0x13, 0x37]))
    },
    sayHuge: (bytes) => {
      bare.sayText(`{"event":"order_created","result":"${'x'.repeat(bytes)}"}`)
    },
    saySecret: (secret) => {
      for (const frame of wire.secretFrames(secret)) bare.say(frame)
      bare.sayText(`{"event":"${wire.brokenSecret}","result":{"secret":"${secret}"`)
    },
    welcome: 'well',
    isMute: false,
    refuse: () => {
      isRefusing = true
      bare.drop()
    },
    admit: () => {
      isRefusing = false
    },
    drop: () => {
      bare.drop(1012)
    },
    answerRest: null,
    answerHandshake: null,
    handshakes: () => bare.upgrades.length,
    reads: () => bare.reads.map((read) => read.replace(/^[A-Z]+ /, '')),
    openSockets: bare.openSockets,
    close: bare.close,
  }
  return fake
}
