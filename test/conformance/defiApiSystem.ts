import type { IncomingMessage, ServerResponse } from 'node:http'
import { bareDefiApi } from '../bareDefiApi.ts'
import { oddAnswers, receiveOddly } from './oddAnswers.ts'
import { STALE_AFTER_MS, type FakeUpstream, type SystemBench } from './systemBench.ts'

const HANDSHAKE_PATH = '/v1/networks'

/** The id of intent `n`. */
function defiIdOf(n: number): string {
  return `0f1e2d3c-4b5a-4697-8877-${n.toString(16).padStart(12, '0')}`
}

/** The DeFi API's other end, in the generation whose key is optional. */
export const defiApiSystem: SystemBench = {
  system: 'defi-api',
  serve,
  settings: { generation: 'execution', staleAfterMs: STALE_AFTER_MS },
  staleAfterMs: STALE_AFTER_MS,
  isGood: ({ kind, payload, damage }, n) =>
    kind === 'GET /v1/intents/:intent_id' &&
    damage === undefined &&
    payload.includes(`"intent_id":"${defiIdOf(n)}"`),
  id: defiIdOf(1),
  readPath: '/v1/intents/',
  askedIdOf: defiIdOf,
}

async function serve(port = 0): Promise<FakeUpstream> {
  const api = await bareDefiApi(port)
  const odd = oddAnswers({
    tell: (n) => api.intents.set(defiIdOf(n), bodyOf(n)),
    broken: '{"intent_id":',
    secrets: secretAnswers,
  })
  let handshakes = 0
  let isIn = false
  let isRefusing = false

  /** The first sign of life that is asked for begins a connection; those that follow keep it. */
  function handshake(request: IncomingMessage, response: ServerResponse): boolean {
    if (!isIn) handshakes += 1
    if (receiveOddly(fake, request)) return true
    if (isRefusing) refuse(response)
    else isIn = true
    return !isIn
  }

  function instead(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.url === HANDSHAKE_PATH) return handshake(request, response)
    if (isRefusing) refuse(response)
    else if (fake.answerRest !== null) fake.answerRest(request, response)
    else return request.url?.includes('/intents/') === true && odd.give(response)
    return true
  }

  api.answer = instead
  api.intents.set(defiIdOf(1), bodyOf(1))
  const leave = (): void => {
    isIn = false
    api.drop()
  }
  const fake: FakeUpstream = {
    url: api.url,
    restUrl: null,
    ...odd,
    welcome: 'well',
    get isMute() {
      return api.isMute
    },
    set isMute(isMute) {
      api.isMute = isMute
      if (isMute) isIn = false
    },
    refuse: () => {
      isRefusing = true
      isIn = false
    },
    admit: () => {
      isRefusing = false
    },
    drop: leave,
    answerRest: null,
    answerHandshake: null,
    handshakes: () => handshakes,
    reads: () => api.reads.map((read) => read.replace(/^GET /, '')),
    openSockets: api.openSockets,
    close: api.close,
  }
  return fake
}

function bodyOf(n: number): string {
  return JSON.stringify({
    intent_id: defiIdOf(n),
    status: 'Verified',
    from_amount_lots: String(1_000_000 + n),
    swap_metadata: null,
  })
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":401,"message":"who are you"}')
}

/** A secret in every place where this wire may hold one. */
function secretAnswers(secret: string): [status: number, text: string][] {
  const known = { intent_id: defiIdOf(1), status: 'Verified' }
  return [
    [
      200,
      JSON.stringify({
        ...known,
        params_to_sign: { additional_data: { secret, deep: [{ preimage: secret }] } },
      }),
    ],
    [200, JSON.stringify({ ...known, signed_data: secret, signature: secret })],
    [200, JSON.stringify({ ...known, swap_metadata: { id: 'swap-1', secret } })],
    [200, `{"intent_id":"x","preimage":"${secret}"`],
    [
      422,
      JSON.stringify({ code: 422, type: 'validation_error', message: `the signature ${secret} is wrong` }),
    ],
    [404, `the preimage is ${secret}`],
  ]
}
