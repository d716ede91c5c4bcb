import type { Deadline } from '../../../shared/intent/deadline.ts'
import type { DriftFact, Fact, IntentFact, Learned, TransactionRef } from '../../../shared/intent/fact.ts'
import type { Alias, Mention } from '../../../shared/intent/ids.ts'
import { claimOf } from '../../../shared/intent/vocabulary.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { unknownWord } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { isSaid } from '../kit/shape.ts'
import { instantOf } from '../kit/wireValues.ts'
import { withRequest } from './creation.ts'
import { endsOf, legOf, wholeText, type Ends, type Names } from './ends.ts'
import { partsOf } from './parts.ts'
import {
  enteredAtMs,
  isAtRisk,
  isLocked,
  isReleased,
  progressOf,
  textOfId,
  type Progress,
} from './progress.ts'
import { approvalWords } from './signable.ts'
import { defiVocabulary } from './vocabulary.ts'
import { CREATED, type IntentBody, type ReadingEnvelope } from './wire.ts'

/** An answer about one intent, with what the journal knows of the question. */
export interface Told {
  event: RawEvent
  envelope: ReadingEnvelope
  body: IntentBody
}

/** What an answer about one intent means: what it claims now, and what happened on the way with its own time. */
export function intentFacts({ event, envelope, body: answer }: Told): Fact[] {
  const body = event.kind === CREATED ? withRequest(answer, envelope.asked) : answer
  const aliases = aliasesOf(body, envelope.requestedId ?? null)
  if (aliases.length === 0)
    return [{ about: 'quarantine', path: '$.body.intent_id', reason: 'Expected a text, found nothing.' }]
  const progress = progressOf(body)
  const ends = endsOf(body)
  const names = envelope.names ?? {}
  const status = body.status ?? null
  const claim = status === null ? null : claimOf(defiVocabulary, status)
  const atMs = status === null ? null : claimedAtMs({ event, envelope }, enteredAtMs(status, progress))
  const learned = learnedOf({ body, ends, names, progress })
  const content = [aliases, status, envelope.firstReadAtMs ?? event.receivedAtMs, learned]
  const fact = intentFact({
    kind: kindOf(event, claim !== null, envelope),
    aliases,
    mentions: mentionsOf(body, learned),
    atMs,
    claim,
    learned,
    ...(event.kind === CREATED ? { words: creationWords(body) } : {}),
    key: factKey('reading', content),
  })
  const drift: DriftFact[] = []
  if (claim?.rank === null) {
    fact.flags.push('unknown-status')
    drift.push(unknownWord(`${event.kind}.status`, claim.status))
  }
  return [fact, ...milestones(aliases, progress, atMs), ...drift]
}

/** Only a console journals a creation: the system itself never speaks of one. */
function creationWords({ quote, approval_type: kind }: IntentBody): string {
  const id = textOfId(quote?.id)
  const from = id === null ? 'a quote' : `the quote ${id}`
  return `Created from a console, out of ${from}; the system asks for ${approvalWords(kind ?? null)}.`
}

/**
 * When a status was entered. The system's own time is believed where it lies between the reading that still said
 * otherwise and this one; else it is null, and the time of the reading counts: two clocks may not turn a story around.
 */
function claimedAtMs({ event, envelope }: Omit<Told, 'body'>, saidAtMs: number | null): number | null {
  if (saidAtMs === null || saidAtMs > event.receivedAtMs) return null
  return saidAtMs >= (envelope.notBeforeMs ?? 0) ? saidAtMs : null
}

function kindOf(event: RawEvent, isClaim: boolean, envelope: ReadingEnvelope): string {
  if (event.kind === CREATED) return 'received'
  if (!isClaim) return 'detailLearned'
  const isFirst = !isSaid(envelope.notBeforeMs) && envelope.firstReadAtMs === event.receivedAtMs
  return isFirst ? 'received' : 'statusClaimed'
}

function aliasesOf(body: IntentBody, requestedId: string | null): Alias[] {
  const ids = [body.intent_id ?? body.id, requestedId].filter(isSaid)
  const aliases: Alias[] = [...new Set(ids)].map((value) => ({ kind: 'intentId', value }))
  const swapId = textOfId(body.swap_metadata?.id)
  // The same number may stand for a swap here and for nothing there: only what cannot be taken for another is a name.
  if (swapId !== null && swapId.length >= SHORTEST_NAME) aliases.push({ kind: 'swapId', value: swapId })
  return aliases.filter(({ value }, at) => aliases.findIndex((other) => other.value === value) === at)
}

/** Shortest swap id that names one intent alone, characters; documented ones are UUIDs. */
const SHORTEST_NAME = 6

interface Learning {
  body: IntentBody
  ends: Ends
  names: Names
  progress: Progress
}

function learnedOf({ body, ends, names, progress }: Learning): Learned {
  const learned: Learned = { parts: partsOf({ body, ends, names, progress }) }
  const status = body.status ?? ''
  const source = legOf(ends.source, names.from)
  const destination = legOf(ends.destination, names.to)
  if (source !== null) learned.source = source
  if (destination !== null) learned.destination = destination
  if (isSaid(body.from?.address)) learned.maker = body.from.address
  if (progress.createdAtMs !== null) learned.createdAtMs = progress.createdAtMs
  const deadlines = deadlinesOf(body)
  if (deadlines.length > 0) learned.deadlines = deadlines
  const transactions = transactionsOf(progress, ends)
  if (transactions.length > 0) learned.transactions = transactions
  if (isLocked(status, progress)) learned.fundsLocked = { atMs: progress.depositedAtMs }
  if (isReleased(status, progress))
    learned.fundsReleased = { atMs: progress.refundedAtMs ?? progress.fulfilledAtMs }
  else if (progress.isComplete && isAtRisk(status, progress)) learned.fundsReleased = null
  const details = detailsOf({ body, ends, names })
  if (Object.keys(details).length > 0) learned.details = details
  return learned
}

/** [S] `deadline_at` and [G3] `expires_at` bound the approval; the quote has an end of its own. */
function deadlinesOf(body: IntentBody): Deadline[] {
  const deadlines: Deadline[] = []
  const intentAtMs = instantOf(body.deadline_at) ?? instantOf(body.expires_at)
  const quoteAtMs = instantOf(body.quote?.expires_at)
  if (intentAtMs !== null) deadlines.push({ kind: 'intentDeadline', atMs: intentAtMs })
  if (quoteAtMs !== null) deadlines.push({ kind: 'quoteExpiry', atMs: quoteAtMs })
  return deadlines
}

function transactionsOf({ depositTx, payoutTx, swapTx }: Progress, ends: Ends): TransactionRef[] {
  const named = [
    { label: 'user_deposit', chainId: ends.source.network, hash: depositTx },
    { label: 'fulfill', chainId: ends.destination.network, hash: payoutTx },
    // Where the swap itself takes place is not documented.
    { label: 'swap', chainId: null, hash: swapTx },
  ]
  return named.flatMap(({ hash, ...rest }) => (hash === null ? [] : [{ ...rest, hash }]))
}

function detailsOf({ body, ends, names }: Omit<Learning, 'progress'>): Record<string, string> {
  const { source, destination } = ends
  const told = {
    'refund address': body.refund_address ?? body.from?.refund_address,
    recipient: body.to?.address,
    'source network': names.from?.network,
    'destination network': names.to?.network,
    // Only in whole tokens, and nobody said how many decimals those have.
    'amount in whole tokens': wholeText(source, names.from),
    'least amount in whole tokens': wholeText(destination, names.to),
  }
  const said = Object.entries(told).filter(([, value]) => isSaid(value) && value !== '')
  return Object.fromEntries(said) as Record<string, string>
}

function mentionsOf(body: IntentBody, { transactions = [] }: Learned): Mention[] {
  const named = [
    ['proxy', body.swap_metadata?.proxy_address],
    ['quote', textOfId(body.quote?.id)],
    ['maker', body.from?.address],
    ['recipient', body.to?.address],
    ['refund', body.refund_address ?? body.from?.refund_address],
    ['token', body.from_token ?? body.from?.contract_address],
    ['token', body.to_token ?? body.to?.contract_address],
  ] as const
  const mentions: Mention[] = []
  for (const [kind, value] of named) if (isSaid(value) && value !== '') mentions.push({ kind, value })
  for (const { hash } of transactions) mentions.push({ kind: 'transaction', value: hash })
  return mentions
}

/** What happened on the way, each with the system's own time, and told once however often it is read. */
function milestones(aliases: Alias[], progress: Progress, claimedAt: number | null): IntentFact[] {
  const times = [
    ['swapCreated', progress.createdAtMs],
    ['userDeposited', progress.depositedAtMs],
    ['fulfilled', progress.fulfilledAtMs],
    ['swapped', progress.swappedAtMs],
    ['refunded', progress.refundedAtMs],
  ] as const
  return times.flatMap(([kind, atMs]) => {
    if (atMs === null || atMs === claimedAt) return []
    return [intentFact({ kind, aliases, atMs, key: factKey(kind, [aliases[0]?.value, atMs]) })]
  })
}
