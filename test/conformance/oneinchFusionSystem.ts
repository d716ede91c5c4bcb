import { bareFrames } from '../bareFrames.ts'
import type { FakeUpstream, SystemBench } from './systemBench.ts'

/** Neither it nor two thirds of it is any other time that the adapter waits for, so that a control can break it alone. */
const STALE_AFTER_MS = 48_000

const REFUSED = 'HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

/** The hash of order `n`. */
function hashOf(n: number): string {
  return `0x${n.toString(16).padStart(64, '0')}`
}

/** 1inch Fusion's other end: frames, and readings that know every order as pending. */
export const oneinchFusionSystem: SystemBench = {
  system: 'oneinch-fusion',
  serve,
  settings: { staleAfterMs: STALE_AFTER_MS },
  staleAfterMs: STALE_AFTER_MS,
  isGood: ({ kind, payload, damage }, n) =>
    kind === 'order_created' && damage === undefined && payload.includes(hashOf(n)),
  id: hashOf(1),
  readPath: '/order/status/',
}

async function serve(port = 0): Promise<FakeUpstream> {
  const bare = await bareFrames(port)
  let isRefusing = false
  bare.greet = () => {
    if (fake.welcome === 'garbage') fake.sayGarbage()
    if (fake.welcome === 'end') bare.drop(1001)
  }
  bare.answerHandshake = () => fake.answerHandshake ?? (isRefusing ? REFUSED : null)
  bare.answerFrame = (frame) => (fake.isMute ? null : reply(frame))
  bare.answerRest = (request, response, body) => {
    if (fake.answerRest !== null) fake.answerRest(request, response)
    else response.end(JSON.stringify(answer(request.url ?? '', body)))
    return true
  }
  const fake: FakeUpstream = {
    url: bare.url,
    restUrl: null,
    sayGood: (n) => {
      bare.say({ event: 'order_created', result: { orderHash: hashOf(n) } })
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
      const orderHash = hashOf(7)
      for (const event of ['order_created', 'order_filled', 'order_teleported'])
        bare.say({ event, result: { orderHash, secret, signature: secret, deep: [{ preimage: secret }] } })
      bare.say({ method: 'getActiveOrders', result: { error: `refused: the secret is ${secret}` } })
      bare.sayText(`{"event":"order_created","result":{"secret":"${secret}"`)
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

/** The key allows no listings over the socket, so that there is one to read over REST. */
function reply(frame: unknown): object | null {
  const { method } = frame as { method?: unknown }
  if (method === 'ping') return { method, result: 'pong' }
  return method === 'getAllowedMethods' ? { method, result: ['ping', 'getAllowedMethods'] } : null
}

function answer(path: string, body: string): unknown {
  if (path.includes('/order/active')) {
    return { meta: { totalItems: 0, itemsPerPage: 100, totalPages: 1, currentPage: 1 }, items: [] }
  }
  if (body === '') return { orderHash: hashOf(1), status: 'pending' }
  const { orderHashes } = JSON.parse(body) as { orderHashes: string[] }
  return orderHashes.map((orderHash) => ({ orderHash, status: 'pending' }))
}
