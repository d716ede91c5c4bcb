import type { IncomingMessage, RequestListener } from 'node:http'
import { answering, type Answer } from '../kit/answer.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { answerAtDesk, isForDesk } from '../kit/desk.ts'
import type { Faults } from '../kit/faults.ts'
import type { HistoryWriter } from '../kit/history.ts'
import { askForPatience } from '../kit/patience.ts'
import type { WorldIntent } from '../world/intent.ts'
import type { World } from '../world/world.ts'
import type { Mood } from './mood.ts'
import { chainsBody, htlcAddressesBody, htlcParamsBody, intentBody } from './readings.ts'

/** What the HTTP side needs. */
export interface RestOptions {
  world: World
  clock: SandboxClock
  history: HistoryWriter
  mood: Mood
  faults: Faults
  rate: number
}

interface Route {
  method: 'GET' | 'POST'
  /** With `:name` for one part of the path. */
  path: string
  answer: (parts: Record<string, string>) => Answer
}

/** Serves the REST paths. Every request is counted in the history by its pattern. */
export function serveRest(options: RestOptions): RequestListener {
  const routes = [...chainRoutes(options), ...intentRoutes(options), ...laterRoutes()]
  return answering(
    (request) => answer(request, routes, options),
    (error) => ({ status: 400, body: { error } }),
  )
}

async function answer(request: IncomingMessage, routes: Route[], options: RestOptions): Promise<Answer> {
  const path = pathOf(request)
  if (isForDesk(path)) return answerAtDesk(request, path, options)
  request.resume()
  const found = matchRoute(routes, request.method ?? '', path)
  const given = refusal(options) ?? found?.route.answer(found.parts) ?? unknownPath(path)
  const route = found ? `${found.route.method} ${found.route.path}` : `${request.method} (unknown)`
  options.history.read({ atMs: options.clock.nowMs(), route, path, httpStatus: given.status })
  return given
}

function chainRoutes({ clock, mood }: RestOptions): Route[] {
  return [
    get('/api/health', () => ok({ status: 'ok', timestamp: new Date(clock.nowMs()).toISOString() })),
    get('/api/chains', () => ok(chainsBody(mood.isMidnightOut))),
    get('/api/config/htlc-addresses', () => ok(htlcAddressesBody())),
  ]
}

function intentRoutes({ world, clock, rate }: RestOptions): Route[] {
  let permitNonce = 0
  const of = (path: string, read: (intent: WorldIntent) => Answer): Route =>
    get(path, ({ intentId = '' }) => {
      const intent = world.find(intentId)
      if (!intent || intent.stage === 'cancelled') return { status: 404, body: { error: 'Intent not found' } }
      return read(intent)
    })
  return [
    of('/api/intents/:intentId', (intent) => ok(intentBody(intent, clock.nowMs()))),
    of('/api/intents/:intentId/htlc-params', (intent) => {
      const body = htlcParamsBody(intent, rate)
      return body ? ok(body) : { status: 409, body: { error: 'Intent is not matched yet' } }
    }),
    of('/api/intents/:intentId/permit2-params', (intent) => {
      if (intent.route.from.family !== 'evm') return { status: 400, body: { error: 'Source has no Permit2' } }
      // Each reading takes a nonce: this is the side effect that a console must not cause by itself.
      return ok({ intentId: intent.id, nonce: String(permitNonce++), spender: intent.route.from.htlcAddress })
    }),
    // It exists, internal and dangerous, so that a test can prove that nobody ever asks.
    of('/api/intents/:intentId/preimage', ({ id, preimage }) => ok({ intentId: id, preimage })),
  ]
}

/** What changes something, or asks for a wallet: the paths exist and are not served yet. */
function laterRoutes(): Route[] {
  const posts = [
    '/api/intents/get-nonce',
    '/api/intents/get-domain',
    '/api/intents/submit',
    '/api/intents/:intentId/relay-permit',
    '/api/midnight/source-lock/sessions',
    '/api/midnight/source-lock/sessions/:sessionId/deploy-submitted',
    '/api/midnight/source-lock/sessions/:sessionId/lock-submitted',
    '/api/midnight/refund/prepare',
    '/api/midnight/refund/sessions/:refundSessionId/submitted',
  ]
  const later = (): Answer => ({ status: 501, body: { error: 'The sandbox does not serve this path yet.' } })
  return [
    ...posts.map((path): Route => ({ method: 'POST', path, answer: later })),
    get('/api/midnight/balance', later),
  ]
}

function refusal({ mood, clock }: RestOptions): Answer | null {
  const asked = askForPatience(mood, clock.nowMs())
  if (asked === null) return null
  return { ...asked, body: { error: asked.status === 429 ? 'Too many requests' : 'Service unavailable' } }
}

function get(path: string, answer: Route['answer']): Route {
  return { method: 'GET', path, answer }
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}

function unknownPath(path: string): Answer {
  return { status: 404, body: { error: `Cannot find ${path}` } }
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://127.0.0.1').pathname
}

function matchRoute(
  routes: Route[],
  method: string,
  path: string,
): { route: Route; parts: Record<string, string> } | null {
  const asked = path.split('/')
  for (const route of routes) {
    const parts: Record<string, string> = {}
    const wanted = route.path.split('/')
    const isMatch = (want: string, index: number): boolean => {
      const have = asked[index] ?? ''
      if (!want.startsWith(':')) return want === have
      parts[want.slice(1)] = have
      return have !== ''
    }
    if (route.method === method && wanted.length === asked.length && wanted.every(isMatch))
      return { route, parts }
  }
  return null
}
