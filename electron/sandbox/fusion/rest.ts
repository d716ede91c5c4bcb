import type { IncomingMessage, RequestListener } from 'node:http'
import { answering, readBody, type Answer, type NoAnswer } from '../kit/answer.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { answerAtDesk, isForDesk } from '../kit/desk.ts'
import type { Faults } from '../kit/faults.ts'
import type { HistoryWriter } from '../kit/history.ts'
import { askForPatience } from '../kit/patience.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import type { WorldIntent } from '../world/intent.ts'
import type { World } from '../world/world.ts'
import type { Coordinator } from './coordinator.ts'
import { intakeRoutes } from './intake.ts'
import { lockSessionRoutes } from './lockSessions.ts'
import type { Mood } from './mood.ts'
import { permitRoutes } from './permits.ts'
import { chainsBody, htlcAddressesBody, htlcParamsBody, intentBody } from './readings.ts'
import type { Refunds } from './refunds.ts'
import { get, matchRoute, no, ok, type Asked, type Route } from './route.ts'

/** What the HTTP side needs. */
export interface RestOptions {
  world: World
  clock: SandboxClock
  history: HistoryWriter
  mood: Mood
  faults: Faults
  replies: ReplyFaults
  coordinator: Coordinator
  refunds: Refunds
  rate: number
}

/** Serves the REST paths. Every request is counted in the history by its pattern. */
export function serveRest(options: RestOptions): RequestListener {
  const { coordinator, refunds } = options
  const routes = [
    ...chainRoutes(options),
    ...intentRoutes(options),
    ...intakeRoutes(coordinator),
    ...permitRoutes(coordinator),
    ...lockSessionRoutes(coordinator),
    ...refunds.routes,
  ]
  return answering(
    (request) => answer(request, routes, options),
    (error) => ({ status: 400, body: { error } }),
  )
}

async function answer(
  request: IncomingMessage,
  routes: Route[],
  options: RestOptions,
): Promise<Answer | NoAnswer> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (isForDesk(path)) return answerAtDesk(request, path, options)
  const body = objectIn(await readBody(request))
  const found = matchRoute(routes, request.method ?? '', path)
  const given = refusal(options) ?? (found && answerOf(found, { query, body }, options)) ?? unknownPath(path)
  const route = found ? `${found.route.method} ${found.route.path}` : `${request.method} (unknown)`
  options.history.read({ atMs: options.clock.nowMs(), route, path, httpStatus: given.status })
  return given
}

/** What changes something may lose its answer on the way. */
function answerOf(
  { route, parts }: NonNullable<ReturnType<typeof matchRoute>>,
  said: Omit<Asked, 'parts'>,
  { replies }: RestOptions,
): Answer | NoAnswer {
  const answered = (): Answer => route.answer({ parts, ...said })
  return route.isChange ? replies.carry(answered) : answered()
}

function objectIn(text: string): Record<string, unknown> {
  const value: unknown = text === '' ? {} : JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('the body has to be a JSON object')
  return value as Record<string, unknown>
}

function chainRoutes({ clock, mood }: RestOptions): Route[] {
  return [
    get('/api/health', () => ok({ status: 'ok', timestamp: new Date(clock.nowMs()).toISOString() })),
    get('/api/chains', () => ok(chainsBody(mood.isMidnightOut))),
    get('/api/config/htlc-addresses', () => ok(htlcAddressesBody())),
  ]
}

function intentRoutes({ world, clock, rate, refunds }: RestOptions): Route[] {
  const of = (path: string, read: (intent: WorldIntent) => Answer): Route =>
    get(path, ({ parts: { intentId = '' } }) => {
      const intent = world.find(intentId)
      return !intent || intent.stage === 'cancelled' ? no(404, 'Intent not found') : read(intent)
    })
  return [
    of('/api/intents/:intentId', (intent) => ok(intentBody(intent, refunds.of(intent), clock.nowMs()))),
    of('/api/intents/:intentId/htlc-params', (intent) => {
      const body = htlcParamsBody(intent, rate)
      return body ? ok(body) : no(409, 'Intent is not matched yet')
    }),
    // It exists, internal and dangerous, so that a test can prove that nobody ever asks.
    of('/api/intents/:intentId/preimage', ({ id, preimage }) => ok({ intentId: id, preimage })),
  ]
}

function refusal({ mood, clock }: RestOptions): Answer | null {
  const asked = askForPatience(mood, clock.nowMs())
  if (asked === null) return null
  return { ...asked, body: { error: asked.status === 429 ? 'Too many requests' : 'Service unavailable' } }
}

function unknownPath(path: string): Answer {
  return { status: 404, body: { error: `Cannot find ${path}` } }
}
