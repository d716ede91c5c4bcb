import type { Leg } from '../../../shared/intent/amount.ts'
import type { Deadline } from '../../../shared/intent/deadline.ts'
import type { DriftFact, Fact, Learned } from '../../../shared/intent/fact.ts'
import type { Alias, Mention } from '../../../shared/intent/ids.ts'
import { claimOf } from '../../../shared/intent/vocabulary.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { lossyNumbers, strangeTimes, unknownWord } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { isSaid, shapeBy, unknownFields, type JsonObject } from '../kit/shape.ts'
import { amountOf, listedIn } from '../kit/tokens.ts'
import { chainOf, detailText, digitsOf, instantOf, textsOf } from '../kit/wireValues.ts'
import { refundsIn, timelocksIn, transactionsOf } from './learn.ts'
import { FUSION_TOKENS } from './tokens.ts'
import {
  intentEvent,
  intentReading,
  proofEvent,
  TIME_FIELDS,
  type IntentReading,
  type TimeField,
} from './wire.ts'
import { fusionVocabulary } from './vocabulary.ts'

const EVENT_FIELDS: ReadonlySet<string> = new Set(Object.keys(intentEvent.shape))
const READING_FIELDS: ReadonlySet<string> = new Set(Object.keys(intentReading.shape))
const PROOF_FIELDS: ReadonlySet<string> = new Set(Object.keys(proofEvent.shape))

/** Below it a status says nothing about locked funds; `executing` begins when the source is locked. */
const EXECUTING_RANK = 4

/** What `intent:status`, `intent:new` and `intent:status_changed` mean. */
export function eventFacts(event: RawEvent, frame: JsonObject): Fact[] {
  const { value, problems } = shapeBy(intentEvent, frame, ['intentId', 'status'])
  if (value === null) return problems
  const drift = unknownFields(event.kind, frame, EVENT_FIELDS)
  return [...statusFacts({ event, frame, value, aliases: aliasesOf([value.intentId]), problems }), ...drift]
}

/** What one intent read over REST means. The id asked for and the id answered name one intent. */
export function readingFacts(event: RawEvent, frame: JsonObject, requestedId: string): Fact[] {
  const { value, problems } = shapeBy(intentReading, frame, ['intentId', 'status'])
  if (value === null) return problems
  const drift = unknownFields(event.kind, frame, READING_FIELDS).filter((fact) => !/refund/i.test(fact.what))
  const aliases = aliasesOf([value.intentId ?? requestedId, requestedId])
  return [...statusFacts({ event, frame, value, aliases, problems }), ...drift]
}

/** What `intent:proof` and `intent:proof_changed` mean. */
export function proofFacts(event: RawEvent, frame: JsonObject): Fact[] {
  const { value, problems } = shapeBy(proofEvent, frame, ['intentId'])
  if (value === null) return problems
  const { instants, drift } = instantsOf(event.kind, value)
  const { timestamp: sentAtMs, proofGeneratedAt: generatedAtMs } = instants
  const details: Record<string, string> = {}
  if (isSaid(value.proofGeneratedAt)) details['proofGeneratedAt'] = detailText(value.proofGeneratedAt)
  if (isSaid(value.oldProofStatus)) details['oldProofStatus'] = value.oldProofStatus
  const learned: Learned = { details }
  if (value.proofStatus !== undefined) learned.proofStatus = value.proofStatus
  const aliases = aliasesOf([value.intentId])
  const when = generatedAtMs ?? sentAtMs ?? event.receivedAtMs
  const fact = intentFact({
    kind: 'proofClaimed',
    aliases,
    atMs: sentAtMs ?? generatedAtMs,
    emittedAtMs: sentAtMs,
    learned,
    key: factKey('proof', [value.intentId, value.proofStatus ?? null, when]),
  })
  if (problems.length > 0) fact.flags.push('quarantined')
  return [fact, ...problems, ...unknownFields(event.kind, frame, PROOF_FIELDS), ...drift]
}

/** Aliases for ids, repetitions left out. */
export function aliasesOf(ids: string[]): Alias[] {
  return [...new Set(ids)].map((value) => ({ kind: 'intentId', value }))
}

interface Instants {
  instants: Record<TimeField, number | null>
  drift: DriftFact[]
}

interface Said {
  event: RawEvent
  frame: JsonObject
  value: IntentReading
  aliases: Alias[]
  problems: Fact[]
}

function statusFacts({ event, frame, value, aliases, problems }: Said): Fact[] {
  const { instants, drift } = instantsOf(event.kind, value)
  const bornAtMs = event.kind === 'intent:new' ? instants.createdAt : null
  const atMs = instants.updatedAt ?? instants.timestamp ?? bornAtMs
  const claim = isSaid(value.status) ? claimOf(fusionVocabulary, value.status) : null
  const learned = learnedOf(value, frame)
  if (instants.createdAt !== null) learned.createdAtMs = instants.createdAt
  if ((claim?.rank ?? 0) === EXECUTING_RANK) learned.fundsLocked = { atMs }
  const key = factKey('status', [aliases, value.status ?? null, atMs ?? event.receivedAtMs, learned])
  // Several frames tell one change, and any of them may come first: what is concluded must not depend on which. So the
  // name of the frame says nothing here, and `oldStatus`, which one of them adds from another vocabulary, stays raw.
  const isBirth = claim?.rank === 0 || (atMs !== null && atMs === instants.createdAt)
  const kind = claim === null ? 'detailLearned' : isBirth ? 'received' : 'statusClaimed'
  const mentions = mentionsOf(value, learned)
  const fact = intentFact({
    kind,
    aliases,
    mentions,
    atMs,
    emittedAtMs: instants.timestamp,
    claim,
    learned,
    key,
  })
  if (claim?.rank === null) fact.flags.push('unknown-status')
  if (problems.length > 0) fact.flags.push('quarantined')
  if (claim?.rank === null) drift.push(unknownWord(`${event.kind}.status`, claim.status))
  const { amount, minAmountOut } = value
  return [fact, ...problems, ...drift, ...lossyNumbers(event.kind, { amount, minAmountOut })]
}

function learnedOf(value: IntentReading, frame: JsonObject): Learned {
  const learned: Learned = {}
  const from = chainOf(value.fromChain)
  const to = chainOf(value.toChain)
  if (isSaid(value.sender)) learned.maker = value.sender
  if (value.solver !== undefined) learned.solver = value.solver
  if (value.proofStatus !== undefined) learned.proofStatus = value.proofStatus
  const source = legOf(from, value.fromToken ?? null, value.amount)
  if (source !== null) learned.source = source
  const destination = legOf(to, value.toToken ?? null, value.minAmountOut)
  if (destination !== null) learned.destination = destination
  const deadlines = deadlinesOf(value, frame)
  if (deadlines.length > 0) learned.deadlines = deadlines
  const transactions = transactionsOf(value.txHashes, { from, to })
  if (transactions.length > 0) learned.transactions = transactions
  if (transactions.some(({ label }) => /source.?lock|lock.?source/i.test(label)))
    learned.fundsLocked = { atMs: null }
  const refunds = refundsIn(frame, transactions)
  if (refunds.fundsReleased !== undefined) learned.fundsReleased = refunds.fundsReleased
  const failures = textsOf({ error: value.error, failureReason: value.failureReason })
  if (!isEmpty(failures)) learned.failures = failures
  const { htlcState, matchedAt, completedAt, recipient } = value
  const details = { ...textsOf({ htlcState, matchedAt, completedAt, recipient }), ...refunds.details }
  if (!isEmpty(details)) learned.details = details
  return learned
}

function deadlinesOf(value: IntentReading, frame: JsonObject): Deadline[] {
  const atMs = instantOf(value.deadline)
  const timelocks = timelocksIn(frame)
  return atMs === null ? timelocks : [{ kind: 'intentDeadline', atMs }, ...timelocks]
}

function isEmpty(record: Record<string, string>): boolean {
  return Object.keys(record).length === 0
}

function legOf(chainId: number | null, token: string | null, amount: unknown): Partial<Leg> | null {
  const leg: Partial<Leg> = {}
  if (chainId !== null) leg.chainId = chainId
  if (token !== null) leg.token = token
  if (isSaid(amount)) leg.amount = amountOf(digitsOf(amount) ?? '', listedIn(FUSION_TOKENS, chainId, token))
  return Object.keys(leg).length === 0 ? null : leg
}

function mentionsOf(value: IntentReading, learned: Learned): Mention[] {
  const named = [
    ['maker', value.sender],
    ['solver', value.solver],
    ['recipient', value.recipient],
    ['token', value.fromToken],
    ['token', value.toToken],
  ] as const
  const mentions: Mention[] = []
  for (const [kind, text] of named) if (isSaid(text) && text !== '') mentions.push({ kind, value: text })
  for (const { hash } of learned.transactions ?? []) mentions.push({ kind: 'transaction', value: hash })
  return mentions
}

/** Every time of a frame, epoch milliseconds, each read once; what is said and is no time is drift. */
function instantsOf(kind: string, value: Partial<Record<TimeField, unknown>>): Instants {
  const said = TIME_FIELDS.map((field) => [field, value[field]] as const)
  const instants = Object.fromEntries(said.map(([field, time]) => [field, instantOf(time)]))
  return { instants: instants as Instants['instants'], drift: strangeTimes(kind, Object.fromEntries(said)) }
}
