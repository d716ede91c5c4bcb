import { createPublicKey, ECDH, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onLoopback, type Loopback } from './loopback.ts'

/** A Flashnet gateway as the contract page describes it and nothing more, written apart from everything of the console. */
export interface BareFlashnet extends Loopback {
  /** What `GET /api/v1/intents/:submissionId` answers, by the id asked for. Values are JSON text, sent as it stands. */
  submissions: Map<string, string>
  /** JSON text of the network info; null: not offered. */
  network: string | null
  /** Whether submissions are read with a good token only. */
  wantsToken: boolean
  /** Seconds after which a token says that it ends; null: it does not say. */
  tokenSec: number | null
  /** Public keys that are not let in. */
  strangers: Set<string>
  /** What was asked, in order: `GET /api/v1/health`. */
  reads: string[]
  /** What came to `POST /api/v1/execute` and `/verifyDeposit` with a good token, as it came. */
  commands: { path: string; body: string }[]
  /** How such a command is answered; null: the socket is closed without an answer. */
  carryOut: (path: string, body: string) => [status: number, text: string] | null
  /** Every token that was given, the newest last. */
  tokens: string[]
  /** Ends every token. */
  expireTokens: () => void
  /** Answers in place of the usual answers; false leaves it to them. */
  answer: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Takes everything and answers nothing. */
  isMute: boolean
}

const NETWORK = JSON.stringify({
  spark: { depositAddress: 'sprt1pgss8gateway', network: 'REGTEST' },
  execution: { contractAddress: `0x${'4c'.repeat(20)}`, chainId: 21_022 },
  paused: false,
  minDepositSats: 1_000,
})

/** Starts a bare gateway on loopback, on any free port unless one is given. */
export async function bareFlashnet(port = 0): Promise<BareFlashnet> {
  const good = new Set<string>()
  const challenges = new Map<string, string>()

  const http = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      gateway.reads.push(`${request.method ?? ''} ${request.url ?? ''}`)
      if (gateway.isMute || gateway.answer(request, response)) return
      const given = answer(request, body)
      if (given === null) {
        request.socket.destroy()
        return
      }
      const [status, text] = given
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    })
  })

  function answer(request: IncomingMessage, body: string): [status: number, text: string] | null {
    const path = request.url ?? ''
    switch (`${request.method ?? ''} ${path}`) {
      case 'POST /api/v1/auth/challenge': {
        const { publicKey } = JSON.parse(body) as { publicKey: string }
        const text = `FLASHNET_AUTH_CHALLENGE_V1:${randomBytes(32).toString('hex')}`
        challenges.set(publicKey, text)
        return [200, JSON.stringify({ challenge: 'ignored', challengeString: text, requestId: '01J' })]
      }
      case 'POST /api/v1/auth/verify':
        return letIn(JSON.parse(body) as { publicKey: string; signature: string })
      case 'GET /api/v1/network/info':
        return gateway.network === null ? [404, 'no'] : [200, gateway.network]
      case 'GET /api/v1/health':
        return [200, '{"status":"ok"}']
    }
    const id = /^\/api\/v1\/intents\/([^/]+)$/.exec(path)?.[1]
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const isCommand = request.method === 'POST' && /^\/api\/v1\/(?:execute|verifyDeposit)$/.test(path)
    if (id === undefined && !isCommand) return [404, 'no such path']
    const wantsToken = isCommand || token !== undefined || gateway.wantsToken
    if (wantsToken && !good.has(token ?? '')) return [401, 'no good token']
    if (id === undefined) {
      gateway.commands.push({ path, body })
      return gateway.carryOut(path, body)
    }
    const text = gateway.submissions.get(id)
    return text === undefined ? [404, 'unknown submission'] : [200, text]
  }

  function letIn({ publicKey, signature }: { publicKey: string; signature: string }): [number, string] {
    const text = challenges.get(publicKey)
    challenges.delete(publicKey)
    if (text === undefined || gateway.strangers.has(publicKey)) return [401, 'who are you']
    if (!isSigned(text, publicKey, signature)) return [401, 'bad signature']
    const accessToken = tokenOf(publicKey, gateway.tokenSec)
    good.add(accessToken)
    gateway.tokens.push(accessToken)
    return [200, JSON.stringify({ accessToken })]
  }

  const gateway: BareFlashnet = {
    ...(await onLoopback(http, port)),
    submissions: new Map(),
    network: NETWORK,
    wantsToken: true,
    tokenSec: null,
    strangers: new Set(),
    reads: [],
    commands: [],
    carryOut: () => [501, 'nothing is carried out here'],
    tokens: [],
    expireTokens: () => {
      good.clear()
    },
    answer: () => false,
    isMute: false,
  }
  return gateway
}

/** DER over SHA-256, checked by another implementation than the console’s. */
function isSigned(text: string, publicKey: string, signature: string): boolean {
  const point = ECDH.convertKey(publicKey, 'secp256k1', 'hex', 'hex', 'uncompressed') as string
  const [x, y] = [point.slice(2, 66), point.slice(66)].map((part) =>
    Buffer.from(part, 'hex').toString('base64url'),
  ) as [string, string]
  const key = createPublicKey({ key: { kty: 'EC', crv: 'secp256k1', x, y }, format: 'jwk' })
  return verify('sha256', Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex'))
}

function tokenOf(sub: string, lifeSec: number | null): string {
  const iat = 1_795_269_600
  const claims = {
    sub,
    jti: randomBytes(8).toString('hex'),
    ...(lifeSec === null ? {} : { iat, exp: iat + lifeSec }),
  }
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  return `${parts.join('.')}.${randomBytes(32).toString('base64url')}`
}
