import { createHash } from 'node:crypto'
import { bareFlashnet } from '../bareFlashnet.ts'
import { oddAnswers, receiveOddly } from './oddAnswers.ts'
import { STALE_AFTER_MS, type FakeUpstream, type SystemBench } from './systemBench.ts'

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
  const odd = oddAnswers({
    tell: (n) => gateway.submissions.set(submissionIdOf(n), bodyOf(n)),
    broken: '{"submissionId":',
    secrets: secretAnswers,
  })
  let handshakes = 0
  let isRefusing = false

  gateway.answer = (request, response) => {
    const path = request.url ?? ''
    if (path === HANDSHAKE_PATH) {
      handshakes += 1
      if (receiveOddly(fake, request)) return true
    }
    if (isRefusing) response.writeHead(401).end('who are you')
    else if (fake.answerRest !== null && !path.includes('/auth/')) fake.answerRest(request, response)
    else return path.includes('/intents/') && odd.give(response)
    return true
  }
  gateway.submissions.set(submissionIdOf(1), bodyOf(1))

  const fake: FakeUpstream = {
    url: gateway.url,
    restUrl: null,
    ...odd,
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
function secretAnswers(secret: string): [status: number, text: string][] {
  const known = { submissionId: submissionIdOf(1), intentId: 'ab'.repeat(32), status: 'EXPIRED' }
  return [
    [200, JSON.stringify({ ...known, deposits: [{ depositProof: { signature: secret, secret } }] })],
    [200, JSON.stringify({ ...known, statusMessage: `admission failed: the signature ${secret} is wrong` })],
    [200, JSON.stringify({ ...known, preimage: secret, deep: [{ privateKey: secret }] })],
    [200, `{"submissionId":"x","secret":"${secret}"`],
    [404, JSON.stringify({ message: `the preimage is ${secret}` })],
    [400, `the private key is ${secret}`],
  ]
}
