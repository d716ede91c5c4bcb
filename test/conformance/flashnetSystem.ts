import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { bareFlashnet } from '../bareFlashnet.ts'
import type { FakeUpstream, SystemBench } from './systemBench.ts'

/** Neither it nor two thirds of it is any other time that the adapter waits for, so that a control can break it alone. */
const STALE_AFTER_MS = 48_000

/** What a connection begins with when it has a key. */
const HANDSHAKE_PATH = '/api/v1/auth/challenge'

/** The id of submission `n`. */
function submissionIdOf(n: number): string {
  return `7d1f0c52-1a2b-4c3d-8e4f-${n.toString(16).padStart(12, '0')}`
}

/** The Flashnet gateway's other end. */
export const flashnetSystem: SystemBench = {
  system: 'flashnet',
  serve,
  settings: { staleAfterMs: STALE_AFTER_MS, pingIntervalMs: 15_000 },
  staleAfterMs: STALE_AFTER_MS,
  credentialOf: (name) => createHash('sha256').update(name).digest('hex'),
  isGood: ({ kind, payload, damage }, n) =>
    kind === 'GET /api/v1/intents/:submissionId' &&
    damage === undefined &&
    payload.includes(`"submissionId":"${submissionIdOf(n)}"`),
  id: submissionIdOf(1),
  readPath: '/api/v1/intents/',
  askedIdOf: submissionIdOf,
}

async function serve(port = 0): Promise<FakeUpstream> {
  const gateway = await bareFlashnet(port)
  /** What the next requests for submissions get instead, in order. */
  const strange: ((response: ServerResponse) => void)[] = []
  let handshakes = 0
  let isRefusing = false

  function handshake(request: IncomingMessage): boolean {
    handshakes += 1
    if (fake.answerHandshake !== null) request.socket.end(fake.answerHandshake)
    else if (fake.welcome === 'garbage') request.socket.end(GARBAGE)
    else if (fake.welcome === 'end') request.socket.destroy()
    else return false
    return true
  }

  gateway.answer = (request, response) => {
    const path = request.url ?? ''
    if (path === HANDSHAKE_PATH && handshake(request)) return true
    if (isRefusing) response.writeHead(401).end('who are you')
    else if (fake.answerRest !== null && !path.includes('/auth/')) fake.answerRest(request, response)
    else if (strange.length > 0 && path.includes('/intents/')) strange.shift()?.(response)
    else return false
    return true
  }
  gateway.submissions.set(submissionIdOf(1), bodyOf(1))

  const fake: FakeUpstream = {
    url: gateway.url,
    restUrl: null,
    sayGood: (n) => {
      strange.length = 0
      gateway.submissions.set(submissionIdOf(n), bodyOf(n))
    },
    sayBroken: () => {
      strange.push((response) => response.end('{"submissionId":'))
    },
    sayGarbage: () => {
      strange.push((response) => response.socket?.end(GARBAGE))
    },
    sayHuge: (bytes) => {
      strange.push((response) => response.end(`{"note":"${'x'.repeat(bytes)}"}`))
    },
    saySecret: (secret) => {
      strange.push(...secretAnswers(secret))
    },
    welcome: 'well',
    get isMute() {
      return gateway.isMute
    },
    set isMute(isMute) {
      gateway.isMute = isMute
    },
    refuse: () => {
      isRefusing = true
    },
    admit: () => {
      isRefusing = false
    },
    drop: gateway.drop,
    answerRest: null,
    answerHandshake: null,
    handshakes: () => handshakes,
    reads: () => gateway.reads.map((read) => read.replace(/^[A-Z]+ /, '')),
    openSockets: gateway.openSockets,
    close: gateway.close,
  }
  return fake
}

/** Bytes that are not HTTP. */
const GARBAGE = Buffer.from([0xff, 0x7f, 0x00, 0x13, 0x37])

function bodyOf(n: number): string {
  return JSON.stringify({
    submissionId: submissionIdOf(n),
    intentId: n.toString(16).padStart(64, '0'),
    status: 'ACCEPTED',
    createdAt: '2026-11-21T14:00:00Z',
    updatedAt: '2026-11-21T14:00:00Z',
  })
}

/** A secret in every place where this wire may hold one. */
function secretAnswers(secret: string): ((response: ServerResponse) => void)[] {
  const known = { submissionId: submissionIdOf(1), intentId: 'ab'.repeat(32), status: 'EXPIRED' }
  const bodies: [number, string][] = [
    [200, JSON.stringify({ ...known, deposits: [{ depositProof: { signature: secret, secret } }] })],
    [200, JSON.stringify({ ...known, statusMessage: `admission failed: the signature ${secret} is wrong` })],
    [200, JSON.stringify({ ...known, preimage: secret, deep: [{ privateKey: secret }] })],
    [200, `{"submissionId":"x","secret":"${secret}"`],
    [404, JSON.stringify({ message: `the preimage is ${secret}` })],
    [400, `the private key is ${secret}`],
  ]
  return bodies.map(
    ([status, text]) =>
      (response) =>
        response.writeHead(status).end(text),
  )
}
