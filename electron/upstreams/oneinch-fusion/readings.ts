import type {
  DriftFact,
  Fact,
  Learned,
  LinkFact,
  Parts,
  TransactionRef,
} from '../../../shared/intent/fact.ts'
import { claimOf } from '../../../shared/intent/vocabulary.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { lossyNumbers, strangeTimes, unknownWord } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import {
  isJsonObject,
  isSaid,
  shapeBy,
  type JsonObject,
  under,
  unknownFields,
  wrongRoot,
} from '../kit/shape.ts'
import { digitsOf, instantOf, textsOf } from '../kit/wireValues.ts'
import { chainOfFeed } from './feed.ts'
import { aliasesOf, legOf, mentionsOf } from './learn.ts'
import { activeFacts, deadlinesOf, learnedOfOrder, signedNames, trueMaker, type Place } from './orderFacts.ts'
import { oneinchFusionVocabulary } from './vocabulary.ts'
import { orderReading, readingEnvelope, READINGS, type OrderReading } from './wire.ts'

const READING_FIELDS: ReadonlySet<string> = new Set(Object.keys(orderReading.shape))

/** What an answer over REST means. */
export function normaliseReading(event: RawEvent, root: unknown): Fact[] {
  if (!isJsonObject(root)) return [wrongRoot(root)]
  const { value, problems } = shapeBy(readingEnvelope, root, ['feed', 'httpStatus'])
  if (value === null) return problems
  const { asked, httpStatus, pausedUntilMs, body } = value
  const place: Place = {
    where: event.kind,
    chainId: chainOfFeed(value.feed),
    receivedAtMs: event.receivedAtMs,
  }
  if (event.kind === READINGS.refusal) return [refusalFact(httpStatus, pausedUntilMs ?? null)]
  const [hash = ''] = asked ?? []
  if (event.kind === READINGS.status) {
    if (httpStatus === 404) return [notFoundFact(hash, event.receivedAtMs)]
    return under('body', isJsonObject(body) ? readingFacts(body, hash, place) : [wrongRoot(body)])
  }
  const { path, items } = itemsOf(body)
  if (items === null) return under(path, [wrongRoot(body)])
  return items.flatMap((item, at) => {
    const facts = isJsonObject(item) ? itemFacts(event.kind, item, place) : [wrongRoot(item)]
    return under(`${path}[${at}]`, facts)
  })
}

/** The items of a listing: a list, or an object that holds one, or one with an order under each hash. */
export function itemsOf(body: unknown): { path: string; items: unknown[] | null } {
  if (Array.isArray(body)) return { path: 'body', items: body }
  if (!isJsonObject(body)) return { path: 'body', items: null }
  const { items } = body
  if (Array.isArray(items)) return { path: 'body.items', items }
  const hashes = Object.entries(body)
  const isByHash = hashes.length > 0 && hashes.every(([, one]) => isJsonObject(one))
  if (!isByHash) return { path: 'body', items: null }
  return { path: 'body', items: hashes.map(([orderHash, one]) => ({ orderHash, ...(one as JsonObject) })) }
}

function itemFacts(kind: string, item: JsonObject, place: Place): Fact[] {
  if (kind === READINGS.active) return activeFacts(item, place)
  if (typeof item['orderHash'] === 'string') return readingFacts(item, item['orderHash'], place)
  const reason = 'Expected a text, found nothing: without its hash nobody knows which order this is.'
  return [{ about: 'quarantine', path: '$.orderHash', reason }]
}

/** What one order read over REST means. Its status is a claim of the time when it was read, for it names none itself. */
function readingFacts(frame: JsonObject, asked: string, place: Place): Fact[] {
  const { value, problems } = shapeBy(orderReading, frame, ['orderHash', 'status'])
  if (value === null) return problems
  const { where, receivedAtMs } = place
  const orderHash = value.orderHash ?? asked
  const claim = isSaid(value.status) ? claimOf(oneinchFusionVocabulary, value.status) : null
  const learned = learnedOf(value, place)
  const drift: DriftFact[] = strangeTimes(where, {
    createdAt: value.createdAt,
    auctionStartDate: value.auctionStartDate,
  })
  if (claim?.rank === null) drift.push(unknownWord(`${where}.status`, claim.status))
  const fact = intentFact({
    kind: claim === null ? 'detailLearned' : 'statusClaimed',
    aliases: aliasesOf(orderHash),
    mentions: mentionsOf([
      ...signedNames(value.order),
      ['maker', value.maker],
      ['token', value.makerAsset],
      ['token', value.takerAsset],
      ...(learned.transactions ?? []).map(({ hash }): [string, string] => ['transaction', hash]),
    ]),
    claim,
    learned,
    flags: [
      ...(claim?.rank === null ? (['unknown-status'] as const) : []),
      ...(problems.length > 0 ? (['quarantined'] as const) : []),
    ],
    key: factKey('status', [orderHash.toLowerCase(), value.status ?? null, receivedAtMs]),
  })
  const { order, makerAmount, minTakerAmount } = value
  return [
    fact,
    ...problems,
    ...unknownFields(where, frame, READING_FIELDS),
    ...drift,
    ...lossyNumbers(where, {
      makerAmount,
      minTakerAmount,
      makingAmount: order?.makingAmount,
      takingAmount: order?.takingAmount,
    }),
  ]
}

function learnedOf(value: OrderReading, { chainId }: Place): Learned {
  const { order, createdAt, deadline, auctionStartDate, auctionDuration } = value
  const createdAtMs = instantOf(createdAt)
  const startMs = instantOf(auctionStartDate)
  const endMs =
    startMs === null || !isSaid(auctionDuration) ? null : startMs + Number(auctionDuration) * 1_000
  const deadlines = deadlinesOf({ intentDeadline: instantOf(deadline), auctionEnd: endMs })
  const transactions = transactionsOf(value, chainId)
  const failures = impedimentOf(value.status)
  return {
    isAtomic: true,
    source: legOf(chainId, { token: value.makerAsset, amount: value.makerAmount }),
    destination: legOf(chainId, { token: value.takerAsset, amount: value.minTakerAmount }),
    ...learnedOfOrder(order, chainId),
    ...(createdAtMs === null ? {} : { createdAtMs }),
    ...(deadlines.length === 0 ? {} : { deadlines }),
    ...(transactions.length === 0 ? {} : { transactions }),
    ...(failures === null ? {} : { failures }),
    details: {
      ...textsOf({
        'price of the source token, USD': value.fromTokenToUsdPrice,
        'price of the destination token, USD': value.toTokenToUsdPrice,
        'expected amount': value.approximateTakingAmount,
        'is of the native asset': value.isNativeCurrency,
        version: value.version,
      }),
      ...trueMaker(value.maker, order),
    },
    parts: partsOf(value, { startMs, endMs }),
  }
}

function partsOf(value: OrderReading, instants: { startMs: number | null; endMs: number | null }): Parts {
  const { initialRateBump, points, fills, remainingMakerAmount } = value
  const parts: Parts = {}
  const curve = textsOf({ ...instants, initialRateBump })
  if (isSaid(points)) {
    curve['pointCount'] = String(points.length)
    for (const [at, { delay, coefficient }] of points.entries())
      curve[`point ${at}`] = `${delay} ${coefficient}`
  }
  if (Object.keys(curve).length > 0) parts['auction'] = { curve }
  if (isSaid(remainingMakerAmount)) parts['order'] = { rest: textsOf({ remainingMakerAmount }) }
  for (const [at, one] of (fills ?? []).entries()) {
    const { txHash, filledMakerAmount, filledAuctionTakerAmount, takerFeeAmount } = one
    parts['fills'] = {
      ...parts['fills'],
      [String(at)]: textsOf({
        txHash,
        filledMakerAmount: digitsOf(filledMakerAmount),
        filledAuctionTakerAmount: digitsOf(filledAuctionTakerAmount),
        takerFeeAmount: digitsOf(takerFeeAmount),
      }),
    }
  }
  return parts
}

function transactionsOf({ fills, cancelTx }: OrderReading, chainId: number | null): TransactionRef[] {
  const filled = (fills ?? []).flatMap(({ txHash }, at) =>
    isSaid(txHash) ? [{ label: `fill ${at + 1}`, chainId, hash: txHash }] : [],
  )
  return isSaid(cancelTx) ? [...filled, { label: 'cancel', chainId, hash: cancelTx }] : filled
}

/** What the maker can mend, or could have, in the words of the status that says so. */
function impedimentOf(status: string | null | undefined): Record<string, string> | null {
  const word = oneinchFusionVocabulary.words.find((known) => known.status === status)
  return word !== undefined && word.phase === 'failed' ? { [word.status]: word.meaning } : null
}

function notFoundFact(orderHash: string, receivedAtMs: number): Fact {
  const key = factKey('notFound', [orderHash.toLowerCase(), receivedAtMs])
  return intentFact({ kind: 'notFound', aliases: aliasesOf(orderHash), key })
}

function refusalFact(httpStatus: number, pausedUntilMs: number | null): LinkFact {
  const text =
    pausedUntilMs === null
      ? `A reading was refused (HTTP ${httpStatus}): the credential does not allow it.`
      : `The server asked for a pause (HTTP ${httpStatus}).`
  return { about: 'link', kind: 'refused', atMs: null, text }
}
