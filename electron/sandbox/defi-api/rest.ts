import type { IncomingMessage, RequestListener } from 'node:http'
import { answering, readBody, type Answer, type GarbledAnswer, type NoAnswer } from '../kit/answer.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { answerAtDesk, isForDesk } from '../kit/desk.ts'
import type { Faults } from '../kit/faults.ts'
import type { HistoryWriter } from '../kit/history.ts'
import { askForPatience } from '../kit/patience.ts'
import { problem, replyTo, type Source } from './answers.ts'
import type { Asked, Doorkeeper } from './doorkeeper.ts'
import { replyToPost, type Counter } from './posts.ts'

/** What the HTTP side needs. */
export interface RestOptions extends Source, Counter {
  history: HistoryWriter
  faults: Faults
  doorkeeper: Doorkeeper
}

/** Requests a second that are served: a console that follows two hundred intents every five seconds asks 40 times. */
const MOST_A_SECOND = 60

/** The three generations, each under a base of its own; in the world they have hosts of their own. */
const GENERATIONS = [
  { base: '/affiliate/v1', door: 'affiliate', isNested: false },
  { base: '/execution/v1', door: 'execution', isNested: false },
  { base: '/v1', door: 'signed', isNested: true },
] as const

/** Serves the paths of all three generations. Every request is counted in the history by its pattern. */
export function serveRest(options: RestOptions): RequestListener {
  const isTooMany = countSeconds(options.clock)
  return answering(
    (request) => answer(request, options, isTooMany),
    (error) => problem(400, 'bad_request', error),
  )
}

async function answer(
  request: IncomingMessage,
  options: RestOptions,
  isTooMany: () => boolean,
): Promise<Answer | GarbledAnswer | NoAnswer> {
  const { url = '/', method = 'GET', headers } = request
  const { pathname, searchParams: query } = new URL(url, 'http://127.0.0.1')
  if (isForDesk(pathname)) return answerAtDesk(request, pathname, options)
  const asked: Asked = { method, url, headers, body: await readBody(request) }
  const { clock, history } = options
  const generation = GENERATIONS.find(({ base }) => pathname.startsWith(`${base}/`))
  if (generation === undefined) return problem(404, 'not_found', `no such path: ${pathname}`)
  const { base, door, isNested } = generation
  const path = pathname.slice(base.length).replace(/(?<=.)\/$/, '')
  const refused = refusal(options, isTooMany()) ?? shutDoor(options, options.doorkeeper[door](asked))
  const posted =
    method === 'POST' && refused === null ? replyToPost({ path, body: asked.body, isNested }, options) : null
  const reply = refused ?? posted ?? replyTo({ method, path, query, isNested }, options)
  const route = 'route' in reply ? reply.route : '(refused)'
  history.read({
    atMs: clock.nowMs(),
    route: `${method} ${base}${route}`,
    path: url,
    httpStatus: reply.status,
  })
  return reply
}

function shutDoor({ mood }: RestOptions, why: string | null): Answer | null {
  if (mood.isRefusing) return problem(401, 'unauthorized', 'nobody is let in now')
  return why === null ? null : problem(401, 'unauthorized', why)
}

function refusal({ mood, clock }: RestOptions, isTooMany: boolean): Answer | null {
  const nowMs = clock.nowMs()
  const tooManyUntilMs = isTooMany ? Math.max(mood.tooManyUntilMs, nowMs + 1) : mood.tooManyUntilMs
  const asked = askForPatience({ ...mood, tooManyUntilMs }, nowMs)
  if (asked === null) return null
  return asked.status === 429
    ? { ...problem(429, 'too_many', 'too many requests'), ...asked }
    : { ...problem(503, 'unavailable', 'unavailable'), ...asked }
}

/** Counts the requests of each second; true for those beyond the limit. */
function countSeconds(clock: SandboxClock): () => boolean {
  let second = 0
  let count = 0
  return () => {
    const now = Math.floor(clock.nowMs() / 1_000)
    count = now === second ? count + 1 : 1
    second = now
    return count > MOST_A_SECOND
  }
}
