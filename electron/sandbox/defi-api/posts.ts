import { isDeepStrictEqual } from 'node:util'
import type { Answer, GarbledAnswer, NoAnswer } from '../kit/answer.ts'
import type { SandboxClock } from '../kit/clock.ts'
import type { Random } from '../kit/random.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import { problem } from './answers.ts'
import type { Mood } from './mood.ts'
import { DEADLINE_MS } from './plot.ts'
import { lotsOf, nestedQuote, quoteAnswer, type Quote, type Quotes } from './quotes.ts'
import { amountAt, fieldsOf, objectAt, Refusal, textAt, tokenAt, type Fields } from './request.ts'
import type { Story } from './story.ts'
import { orderedSwap, type Swap } from './swap.ts'
import { paramsToSign } from './toSign.ts'

/** What is posted, past the door. */
export interface Post {
  /** Path behind `/v1`. */
  path: string
  body: string
  isNested: boolean
}

/** What posts act on. */
export interface Counter {
  story: Story
  mood: Mood
  quotes: Quotes
  replies: ReplyFaults
  clock: SandboxClock
  random: Random
}

type Reply = Answer | GarbledAnswer | NoAnswer

/** A reply with the pattern of the path, under which it is counted. */
export type PostReply = Reply & { route: string }

/** Prices, creates and approves; null for a path that takes no post. Whatever changes something can lose its reply. */
export function replyToPost(post: Post, counter: Counter): PostReply | null {
  const { path } = post
  const [, intent] = /^\/intents\/([^/]+)\/approvals$/.exec(path) ?? []
  if (path === '/quotes' || path === '/quotes/best') return replied(path, () => price(post, counter))
  if (path === '/intents') return replied(path, () => create(post, counter))
  if (intent === undefined) return null
  return replied('/intents/:id/approvals', () => approve(decodeURIComponent(intent), post, counter))
}

function replied(route: string, reply: () => Reply): PostReply {
  try {
    return { route, ...reply() }
  } catch (error) {
    if (error instanceof Refusal) return { route, ...error.answer }
    throw error
  }
}

function price({ body, isNested }: Post, { quotes }: Counter): GarbledAnswer {
  return quoteAnswer(quotes.give(fieldsOf(body), isNested), isNested)
}

function create({ body, isNested }: Post, counter: Counter): Reply {
  const { story, quotes, replies, clock, random } = counter
  const asked = fieldsOf(body)
  const quote = quotes.find(textAt(asked, 'quote_id'))
  const addresses = isNested ? nestedAddresses(asked) : flatAddresses(asked, quote)
  return replies.carry(() => {
    const atMs = clock.nowMs()
    const swap = orderedSwap(random, quote, { ...addresses, atMs, deadlineAtMs: atMs + DEADLINE_MS })
    story.create(swap)
    return { status: 200, body: createdBody(swap, quote, { isNested, random }) }
  })
}

interface Addresses {
  from: string
  to: string
  refund: string
}

function flatAddresses(asked: Fields, quote: Quote): Addresses {
  const [from, to] = [objectAt(asked, 'from'), objectAt(asked, 'to')]
  const ends = { from: tokenAt(from, 'from', false), to: tokenAt(to, 'to', false) }
  if (!isDeepStrictEqual(ends, { from: quote.from, to: quote.to }))
    throw new Refusal(422, 'invalid_token', 'the tokens are not those of the quote')
  if (lotsOf(amountAt(asked, 'amount', false), quote.from.token) !== quote.amount)
    throw new Refusal(422, 'invalid_amount', 'the amount is not that of the quote')
  textAt(asked, 'slippage_bps')
  return {
    from: textAt(from, 'from_address'),
    to: textAt(to, 'to_address'),
    refund: textAt(asked, 'refund_address'),
  }
}

function nestedAddresses(asked: Fields): Addresses {
  const [from, to] = [objectAt(asked, 'from'), objectAt(asked, 'to')]
  return { from: textAt(from, 'address'), to: textAt(to, 'address'), refund: textAt(from, 'refund_address') }
}

/** [S] `deadline_at` in seconds, missing with the hash for Bitcoin; [G3] `expires_at`, the contract to approve and the quote. */
function createdBody(
  swap: Swap,
  quote: Quote,
  { isNested, random }: { isNested: boolean; random: Random },
): Record<string, unknown> {
  const { intentId: id, secretHash, deadlineAtMs } = swap
  const { approval } = swap.from.network
  const seconds = Math.floor(deadlineAtMs / 1_000)
  const params = paramsToSign(swap, random)
  const secret = approval === 'htlc' ? {} : { secret_hash: secretHash }
  const known = { id, ...secret, approval_type: approval, params_to_sign: params }
  if (!isNested) return approval === 'htlc' ? known : { ...known, deadline_at: seconds }
  const approveTo = params['permit2_contract_address'] ?? null
  return { ...known, expires_at: seconds, approve_to: approveTo, quote: nestedQuote(quote) }
}

function approve(id: string, { body, isNested }: Post, { story, mood, replies, clock }: Counter): Reply {
  const asked = fieldsOf(body)
  const kind = textAt(asked, 'approval_type')
  const swap = mood.isForgetful ? undefined : story.find(id)
  if (swap === undefined) throw new Refusal(404, 'not_found', `intent ${id} does not exist`)
  if (swap.status !== 'Created')
    throw new Refusal(422, 'invalid_intent_status', `the intent is ${swap.status}`)
  if (clock.nowMs() >= swap.deadlineAtMs)
    throw new Refusal(422, 'invalid_intent_status', 'the deadline is over')
  const { approval } = swap.from.network
  const expected = approval === 'htlc' && !isNested ? 'psbt' : approval
  if (kind !== expected) throw new Refusal(422, 'validation_error', `approval_type: expected ${expected}`)
  if (!isSigned(kind, asked['signed_data']))
    throw new Refusal(422, 'signature_rejected', 'signed_data: rejected')
  if (mood.unpermittedCount > 0) {
    mood.unpermittedCount -= 1
    return {
      status: 400,
      body: { ...(problem(400, 'provider', '').body as object), code: 25, message: 'not approved' },
    }
  }
  return replies.carry(() => {
    story.approve(swap)
    return { status: 200, body: isNested ? { intent_id: id } : {} }
  })
}

/** The keys of this story's makers are nobody's, so that only the form can be looked at. */
function isSigned(kind: string, signed: unknown): boolean {
  if (typeof signed !== 'string') return kind === 'cosign' && typeof signed === 'object' && signed !== null
  return kind === 'permit2'
    ? /^0x[0-9a-f]{130}$/i.test(signed)
    : kind === 'cosign' || signed.startsWith('cHNidP')
}
