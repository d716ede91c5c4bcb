import type { IncomingMessage, RequestListener } from 'node:http'
import { answering, readBody, type Answer, type GarbledAnswer, type NoAnswer } from '../kit/answer.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { answerAtDesk, isForDesk } from '../kit/desk.ts'
import type { Faults } from '../kit/faults.ts'
import type { HistoryWriter } from '../kit/history.ts'
import { askForPatience } from '../kit/patience.ts'
import type { Random } from '../kit/random.ts'
import { networkBody, submissionBody } from './bodies.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { verifyDeposits } from './depositOracle.ts'
import { garbled } from './garble.ts'
import type { Intake } from './intake.ts'
import type { Mood } from './mood.ts'
import type { Story } from './story.ts'

/** What the HTTP side needs. */
export interface RestOptions {
  story: Story
  intake: Intake
  clock: SandboxClock
  history: HistoryWriter
  mood: Mood
  faults: Faults
  doorkeeper: Doorkeeper
  random: Random
}

type Given = Answer | GarbledAnswer | NoAnswer

const SUBMISSION_PATH = /^\/api\/v1\/intents\/([^/]+)$/

/** Serves the gateway’s paths. Every request is counted in the history by its pattern. */
export function serveRest(options: RestOptions): RequestListener {
  return answering(
    (request) => answer(request, options),
    (error) => ({ status: 400, body: error }),
  )
}

async function answer(request: IncomingMessage, options: RestOptions): Promise<Given> {
  const { pathname: path } = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (isForDesk(path)) return answerAtDesk(request, path, options)
  const body = await readBody(request)
  const route = `${request.method ?? ''} ${path.replace(SUBMISSION_PATH, '/api/v1/intents/:submissionId')}`
  const given = refusal(options) ?? (await serve(route, { path, body, request }, options))
  options.history.read({ atMs: options.clock.nowMs(), route, path, httpStatus: given.status })
  return given
}

interface Asked {
  path: string
  body: string
  request: IncomingMessage
}

function serve(route: string, asked: Asked, options: RestOptions): Given | Promise<Given> {
  const { mood } = options
  switch (route) {
    case 'GET /api/v1/health':
      return { status: 200, body: { status: 'ok' } }
    case 'GET /api/v1/network/info':
      return { status: 200, body: networkBody(mood) }
    case 'POST /api/v1/auth/challenge':
    case 'POST /api/v1/auth/verify':
      return authenticate(route, asked, options)
    case 'GET /api/v1/intents/:submissionId':
      return submission(asked, options)
    case 'POST /api/v1/verifyDeposit':
    case 'POST /api/v1/execute':
      return command(route, asked, options)
    default:
      return { status: 404, body: 'not found' }
  }
}

function authenticate(route: string, { body }: Asked, { doorkeeper }: RestOptions): Given {
  const { publicKey, signature } = JSON.parse(body) as { publicKey?: unknown; signature?: unknown }
  if (typeof publicKey !== 'string' || !/^0[23][0-9a-f]{64}$/.test(publicKey))
    return { status: 400, body: 'publicKey: 66 hex digits are wanted' }
  if (route.endsWith('challenge')) return { status: 200, body: doorkeeper.challenge(publicKey) }
  if (typeof signature !== 'string' || !/^[0-9a-f]+$/.test(signature))
    return { status: 400, body: 'signature: hex digits are wanted' }
  const accessToken = doorkeeper.verify(publicKey, signature)
  return accessToken === null
    ? { status: 401, body: 'the signature does not fit' }
    : { status: 200, body: { accessToken } }
}

/** What wants a token of whoever it concerns. */
function command(
  route: string,
  { body, request }: Asked,
  { doorkeeper, intake, mood }: RestOptions,
): Given | Promise<Given> {
  if (!doorkeeper.admits(request.headers.authorization))
    return { status: 401, body: 'token expired or missing' }
  if (route.endsWith('execute')) return intake.execute(body)
  if (mood.isOld) return { status: 404, body: 'not found' }
  return mood.isOracleDown ? { status: 503, body: 'not configured' } : verifyDeposits(body, intake)
}

function submission({ path, request }: Asked, options: RestOptions): Given {
  const { doorkeeper, story, mood, random } = options
  if (!doorkeeper.admits(request.headers.authorization))
    return { status: 401, body: 'token expired or missing' }
  const found = story.find(decodeURIComponent(SUBMISSION_PATH.exec(path)?.[1] ?? ''))
  if (found === undefined) return { status: 404, body: 'unknown submission' }
  const isBackward = found.former !== null && take(mood, 'backwardCount')
  const updatedAt = new Date(options.clock.nowMs()).toISOString()
  const body = isBackward
    ? { ...submissionBody(found, found.former ?? found.stage, mood.isOld), updatedAt }
    : submissionBody(found, found.stage, mood.isOld)
  return take(mood, 'garbledCount') ? { status: 200, text: garbled(body, random) } : { status: 200, body }
}

/** Whether there is one left; takes it. */
function take(mood: Mood, count: 'garbledCount' | 'backwardCount'): boolean {
  if (mood[count] <= 0) return false
  mood[count] -= 1
  return true
}

function refusal({ mood, clock }: RestOptions): Answer | null {
  if (mood.isRefusing) return { status: 401, body: 'nobody is let in' }
  const asked = askForPatience(mood, clock.nowMs())
  return asked && { ...asked, body: asked.status === 429 ? 'too many requests' : 'unavailable' }
}
