import type { z } from 'zod'
import type { Fact, Learned } from '../../../shared/intent/fact.ts'
import { claimOf } from '../../../shared/intent/vocabulary.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { isJsonObject, isSaid, shapeBy, unknownFields, type JsonObject } from '../kit/shape.ts'
import { digitsOf, instantOf, textsOf } from '../kit/wireValues.ts'
import { aliasesOf, legOf, mentionsOf } from './learn.ts'
import type { Place } from './orderFacts.ts'
import { oneinchFusionVocabulary } from './vocabulary.ts'
import { solanaEvent } from './wire.ts'

const FIELDS: ReadonlySet<string> = new Set(Object.keys(solanaEvent.shape))

type SolanaEvent = z.infer<typeof solanaEvent>

/** What `create`, `fill` and `cancel` of the Solana feed mean; they alone carry the instant of their block. */
export function solanaFacts(name: string, frame: JsonObject, place: Place): Fact[] {
  const { value, problems } = shapeBy(solanaEvent, frame, ['orderHash'])
  if (value === null) return problems
  const status = { create: 'pending', fill: 'partially-filled', cancel: 'cancelled' }[name] ?? name
  const transaction = value.transactionSignature ?? value.txSignature
  const atMs = instantOf(value.blockTime)
  const learned = learnedOf(value, place)
  if (isSaid(transaction)) {
    learned.transactions = [{ label: name, chainId: place.chainId, hash: transaction }]
    if (name === 'fill') learned.parts = { fills: { [transaction]: fillOf(value, transaction) } }
  }
  const fact = intentFact({
    kind: name === 'create' ? 'received' : 'statusClaimed',
    aliases: aliasesOf(value.orderHash),
    mentions: mentionsOf([
      ['maker', value.maker],
      ['solver', value.resolver],
      ['transaction', transaction],
    ]),
    atMs,
    claim: claimOf(oneinchFusionVocabulary, status),
    learned,
    flags: problems.length > 0 ? ['quarantined'] : [],
    key: factKey(name, [value.orderHash, transaction ?? atMs ?? null]),
  })
  return [fact, ...problems, ...unknownFields(place.where, frame, FIELDS)]
}

/** One order of a listing of the Solana feed. */
export function solanaListed(frame: JsonObject, place: Place): Fact[] {
  return solanaFacts('create', frame, place)
}

function learnedOf(value: SolanaEvent, { chainId }: Place): Learned {
  const { maker, resolver, order, slotNumber, commitment, remainingMakerAmount } = value
  const rest = digitsOf(remainingMakerAmount)
  return {
    isAtomic: true,
    ...(isSaid(maker) ? { maker } : {}),
    ...(isSaid(resolver) ? { solver: resolver } : {}),
    ...(isJsonObject(order) ? endsOf(order, chainId) : {}),
    details: textsOf({ slot: slotNumber, commitment }),
    parts: rest === null ? {} : { order: { rest: { remainingMakerAmount: rest } } },
  }
}

/** The order's own JSON: the sources name its fields in two ways, flat and inside `orderInfo`. */
function endsOf(order: JsonObject, chainId: number | null): Pick<Learned, 'source' | 'destination'> {
  const info = isJsonObject(order['orderInfo']) ? order['orderInfo'] : order
  const textOf = (names: string[]): string | null => {
    const said = names.map((name) => info[name]).find((value) => typeof value === 'string')
    return typeof said === 'string' ? said : null
  }
  const digits = (names: string[]): unknown => names.map((name) => info[name]).find((value) => isSaid(value))
  return {
    source: legOf(chainId, {
      token: textOf(['srcMint', 'srcToken']),
      amount: exactDigits(digits(['srcAmount'])),
    }),
    destination: legOf(chainId, {
      token: textOf(['dstMint', 'dstToken']),
      amount: exactDigits(digits(['minDstAmount'])),
    }),
  }
}

function exactDigits(value: unknown): string | null {
  const digits = digitsOf(value)
  return digits !== null && /^\d{1,78}$/.test(digits) ? digits : null
}

function fillOf(value: SolanaEvent, txHash: string): Record<string, string> {
  return textsOf({
    txHash,
    filledMakerAmount: digitsOf(value.filledMakerAmount),
    filledAuctionTakerAmount: digitsOf(value.filledAuctionTakerAmount),
    resolver: value.resolver,
  })
}
