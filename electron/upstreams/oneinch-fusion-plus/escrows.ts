import type { Deadline } from '../../../shared/intent/deadline.ts'
import type { Fact, Learned, Parts } from '../../../shared/intent/fact.ts'
import { unknownWord } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import { isJsonObject, isSaid, shapeBy, under, unknownFields, wrongRoot } from '../kit/shape.ts'
import { instantOf } from '../kit/wireValues.ts'
import { orderFact } from './facts.ts'
import { escrowField, fillsOf, isSettled, NO_TRANSACTION, offsetsOf, worstFirst, type Fill } from './fills.ts'
import { mentionsOf, type Route } from './order.ts'
import { windowsOf, type Side } from './timelocks.ts'
import type { PendingPhase } from './vocabulary.ts'
import { ESCROW_ACTIONS, escrowEvent, fill as fillSchema, FILL_WORDS } from './wire.ts'

const FILL_FIELDS: ReadonlySet<string> = new Set(Object.keys(fillSchema.shape))
const EVENT_FIELDS: ReadonlySet<string> = new Set(Object.keys(escrowEvent.shape))

/** Most fills and most events of one fill that are read: documented orders have up to a few of each. */
const MOST_FILLS = 1_000
const MOST_EVENTS = 100

/** What is known of a fill's words: past participles for the timeline. */
const KINDS = {
  created: 'EscrowCreated',
  withdrawn: 'EscrowWithdrawn',
  cancelled: 'EscrowCancelled',
  rescued: 'FundsRescued',
} as const

/** Whose fills they are. */
export interface FillsOf {
  orderHash: string
  route: Route
  /** What the answer said beside the fills (`timelocks`). */
  parts: Parts
}

/** What the fills of an order say. */
export interface FillsSaid {
  /** What they teach beside what each escrow event teaches by itself. */
  learned: Learned
  /** Escrow events, each a fact of its own at the time of its block; and what could not be read. */
  facts: Fact[]
  fills: Fill[]
}

/** Reads the fills of a status answer. */
export function fillsSaid(list: readonly unknown[], of: FillsOf): FillsSaid {
  const facts: Fact[] = []
  const own: Record<string, Record<string, string>> = {}
  const whole: Record<string, Record<string, string>> = {}
  for (const [at, item] of list.slice(0, MOST_FILLS).entries()) {
    const { fields, found } = fillSaid(item, at, of)
    own[String(at)] = fields
    whole[String(at)] = Object.assign({}, fields, ...found.map(partOf)) as Record<string, string>
    facts.push(...found)
  }
  if (list.length === 0) return { learned: {}, facts, fills: [] }
  const parts = { ...of.parts, fills: whole }
  const fills = fillsOf(parts)
  return { learned: { parts: { fills: own }, deadlines: deadlinesOf(fills, parts) }, facts, fills }
}

/** How far a pending order is, by its fills. */
export function phaseByFills(fills: readonly Fill[]): PendingPhase {
  if (fills.length === 0) return 'open'
  const isBoth = fills.some(
    ({ destination, status }) =>
      destination.created !== null || destination.withdrawn !== null || status === 'executed',
  )
  return isBoth ? 'executing' : 'locking'
}

/** When the funds of an order that is over came out: set once every locked fill of it is settled. */
export function releasedBy(fills: readonly Fill[]): Learned['fundsReleased'] {
  if (fills.length === 0 || !fills.every(isSettled)) return undefined
  const atMs = fills.map(({ source, destination }) =>
    [source.withdrawn, source.cancelled, destination.withdrawn].map((deed) => deed?.atMs ?? null),
  )
  const known = atMs.flat().filter((ms) => ms !== null)
  return { atMs: known.length === 0 ? null : Math.max(...known) }
}

function fillSaid(item: unknown, at: number, of: FillsOf): { fields: Record<string, string>; found: Fact[] } {
  const path = `fills[${at}]`
  if (!isJsonObject(item)) return { fields: {}, found: under(path, [wrongRoot(item)]) }
  const { value, problems } = shapeBy(fillSchema, item, [])
  const drift = unknownFields('fill', item, FILL_FIELDS)
  if (value === null) return { fields: {}, found: [...under(path, problems), ...drift] }
  const { status, txHash, filledMakerAmount, filledAuctionTakerAmount, takerFeeAmount } = value
  if (isSaid(status) && !FILL_WORDS.has(status)) drift.push(unknownWord('fill.status', status))
  const fields = saidFields({
    status,
    transaction: txHash,
    makerAmount: filledMakerAmount,
    takerAmount: filledAuctionTakerAmount,
    takerFee: takerFeeAmount,
  })
  const events = (value.escrowEvents ?? [])
    .slice(0, MOST_EVENTS)
    .flatMap((event, index) => under(`${path}.escrowEvents[${index}]`, escrowFacts(event, at, of)))
  return { fields, found: [...events, ...under(path, problems), ...drift] }
}

function escrowFacts(item: unknown, at: number, { orderHash, route }: FillsOf): Fact[] {
  if (!isJsonObject(item)) return [wrongRoot(item)]
  const { value, problems } = shapeBy(escrowEvent, item, ['side', 'action'])
  if (value === null) return problems
  const drift = unknownFields('escrowEvent', item, EVENT_FIELDS)
  const side = sideOf(value.side, value.action)
  const deed = Object.hasOwn(ESCROW_ACTIONS, value.action)
    ? ESCROW_ACTIONS[value.action as keyof typeof ESCROW_ACTIONS]
    : null
  if (side === null) return [...problems, ...drift, unknownWord('escrowEvent.side', value.side)]
  if (deed === null) return [...problems, ...drift, unknownWord('escrowEvent.action', value.action)]
  const atMs = instantOf(value.blockTimestamp)
  const transaction = value.transactionHash ?? null
  const fields = saidFields({
    [escrowField(side, deed)]: transaction ?? NO_TRANSACTION,
    [escrowField(side, `${deed}AtMs`)]: atMs,
    [escrowField(side, 'escrow')]: value.escrow,
  })
  const learned: Learned = { parts: { fills: { [String(at)]: fields } } }
  if (transaction !== null) {
    const chainId = side === 'source' ? route.from : route.to
    learned.transactions = [{ label: `${side} escrow ${deed}`, chainId, hash: transaction }]
  }
  if (side === 'source') learned.fundsLocked = { atMs: deed === 'created' ? atMs : null }
  const fact = orderFact({
    orderHash,
    kind: side + KINDS[deed],
    key: factKey('escrow', [orderHash, at, side, deed, atMs, fields]),
    atMs,
    side,
    learned,
    mentions: mentionsOf({ escrow: value.escrow, transaction }),
  })
  return [fact, ...problems, ...drift]
}

function sideOf(side: string, action: string): Side | null {
  if (action.startsWith('src_')) return 'source'
  if (action.startsWith('dst_')) return 'destination'
  return side === 'src' ? 'source' : side === 'dst' ? 'destination' : null
}

function partOf(fact: Fact): Record<string, string> {
  const fills = fact.about === 'intent' ? fact.learned.parts?.['fills'] : undefined
  return Object.assign({}, ...Object.values(fills ?? {})) as Record<string, string>
}

/** The windows of the worst fill, whose time runs out first. */
function deadlinesOf(fills: readonly Fill[], parts: Parts): Deadline[] {
  const offsets = offsetsOf(parts)
  const [worst] = worstFirst(fills)
  if (offsets === null || worst === undefined) return []
  return (['source', 'destination'] as const).flatMap((side) => {
    const createdMs = worst[side].created?.atMs ?? null
    const windows = createdMs === null ? [] : windowsOf(offsets, side, createdMs)
    return windows
      .filter(({ name }) => name !== 'finality')
      .map(({ name, fromMs }) => ({ kind: name, atMs: fromMs }))
  })
}

/** Fields that were said, as text. */
function saidFields(fields: Record<string, unknown>): Record<string, string> {
  const said = Object.entries(fields).filter(([, value]) => isSaid(value) && value !== '')
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]))
}
