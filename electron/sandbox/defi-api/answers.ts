import type { Answer, GarbledAnswer } from '../kit/answer.ts'
import type { Random } from '../kit/random.ts'
import { countOf, flatBody, itemBody, nestedBody, networksBody, tokensBody } from './bodies.ts'
import { garble } from './garble.ts'
import type { Mood } from './mood.ts'
import type { Story } from './story.ts'
import type { Swap } from './swap.ts'

/** Most items of one page of the list [G3]. */
const MOST_LISTED = 100

/** Items of a page when no limit is asked for [G3]. */
const USUALLY_LISTED = 10

/** A question, past the door. */
export interface Question {
  method: string
  /** Path behind `/v1`. */
  path: string
  query: URLSearchParams
  /** Whether answers have an object for each end [G3], or flat fields [S]. */
  isNested: boolean
}

/** What answers are made of. */
export interface Source {
  story: Story
  mood: Mood
  random: Random
}

/** An answer with the pattern of the path. */
export type Reply = (Answer | GarbledAnswer) & { route: string }

/** Answers one question. */
export function replyTo({ method, path, query, isNested }: Question, source: Source): Reply {
  const [, what = '', id = ''] = path.split('/')
  const route = id === '' ? `/${what}` : `/${what}/:id`
  if (method !== 'GET')
    return { route: '(unknown)', ...problem(405, 'not_allowed', `no such request: ${method} ${path}`) }
  if (path === '/networks') return { route, status: 200, body: networksBody() }
  if (path === '/tokens') return { route, status: 200, body: tokensBody(query) }
  if (path === '/swaps' && isNested) return { route, status: 200, body: listed(source.story, query) }
  if (/^\/intents\/[^/]+$/.test(path))
    return { route, ...oneIntent(decodeURIComponent(id), isNested, source) }
  return { route: '(unknown)', ...problem(404, 'not_found', `no such path: ${path}`) }
}

/** An error as [G3] writes it. */
export function problem(status: number, type: string, message: string): Answer {
  return { status, body: { code: status, type, message } }
}

function oneIntent(id: string, isNested: boolean, { story, mood, random }: Source): Answer | GarbledAnswer {
  const swap = mood.isForgetful ? undefined : story.find(id)
  if (swap === undefined) return problem(404, 'not_found', `intent ${id} does not exist`)
  const isBackward = mood.backwardCount > 0
  if (isBackward) mood.backwardCount -= 1
  const told = isBackward ? { ...swap, status: swap.statusBefore } : swap
  const body = isNested ? nestedBody(told) : flatBody(told)
  if (mood.garbledCount === 0) return { status: 200, body }
  mood.garbledCount -= 1
  return { status: 200, text: garble(body, random) }
}

function listed(story: Story, query: URLSearchParams): unknown {
  const limit = Math.min(MOST_LISTED, countOf(query.get('limit'), USUALLY_LISTED))
  const offset = countOf(query.get('offset'), 0)
  const from = Number(query.get('swap_created_from') ?? 0) / 1_000
  const until = Number(query.get('swap_created_to') ?? Infinity) / 1_000
  const isAsked = ({ swapCreatedAtMs, createdAtMs }: Swap): boolean =>
    (swapCreatedAtMs ?? createdAtMs) >= from && (swapCreatedAtMs ?? createdAtMs) <= until
  return story
    .swaps()
    .filter(isAsked)
    .slice(offset, offset + limit)
    .map(itemBody)
}
