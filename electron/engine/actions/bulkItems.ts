import type { ActAnswer, Consent } from '../../../shared/api/action.ts'
import type { Bulk, BulkItem } from '../../../shared/api/bulk.ts'
import { Failure } from '../../../shared/api/failure.ts'
import { mainIdOf } from '../../../shared/intent/mainId.ts'
import { canonicalJson } from '../../../shared/log/canonicalJson.ts'
import type { Store } from '../../store/store.ts'
import { sha256 } from './canonical.ts'
import type { GivenConsent } from './consent.ts'
import type { Draft, Order } from './drafts.ts'
import { isRepeat } from './earlier.ts'
import type { LocalCommand } from './local.ts'
import { wrongInput } from './wrongInput.ts'

/** How long a bulk's drafts wait, milliseconds: the last of a thousand is sent long after the first. Each is read again before. */
const DRAFT_LIFE_MS = 60 * 60_000

/** What items are made and done with. */
export interface ItemSources {
  store: Pick<Store, 'intent'>
  local: Record<string, LocalCommand>
  prepare: (order: Order, draftLifeMs: number) => Promise<Draft>
  read: (order: Order) => Promise<ActAnswer>
  give: (draft: Draft, consent: GivenConsent) => Promise<ActAnswer>
}

/** A command for one intent of many. */
export interface ItemOrder {
  command: string
  intent: string
  input: Record<string, unknown>
}

/** What a person gives for all of them. */
export type BulkConsent = Omit<Consent, 'approval'> & Pick<GivenConsent, 'hash' | 'isWanted'>

/** What a command says of itself. */
export type BulkAbout = Pick<Bulk, 'words' | 'effect' | 'expected'>

/** What became of one item. */
type ItemOutcome = Pick<ActAnswer, 'outcome' | 'why'> & { actionId: string | null }

/** One item with what it takes to do it; null when it is excluded. */
export interface Held {
  item: BulkItem
  run: ((consent: BulkConsent) => Promise<ItemOutcome>) | null
  hash: string
  /** Null where that is not known from here. */
  about: BulkAbout | null
}

/** Works one item out; what stands against it is why it is excluded. */
export async function heldItem(sources: ItemSources, order: ItemOrder): Promise<Held> {
  const { command, intent } = order
  const local = Object.hasOwn(sources.local, command) ? sources.local[command] : undefined
  try {
    return await (local === undefined ? outside(sources, order) : here(sources, local, order))
  } catch (reason) {
    return excluded({ item: itemOf({ id: intent, mainId: intent }), about: null }, sentenceOf(reason))
  }
}

async function outside({ prepare, read, give }: ItemSources, order: ItemOrder): Promise<Held> {
  const draft = await prepare(order, DRAFT_LIFE_MS)
  const { words, effect, expected, hash, isOpen, why, needsApproval, confirmation } = draft.rehearsal
  const about = { words, effect, expected }
  const item = itemOf(draft.rehearsal.intent ?? { id: order.intent, mainId: order.intent })
  if (needsApproval) return excluded({ item, about }, 'It needs a second person, so it is given alone.')
  if (!isOpen) return excluded({ item, about }, why)
  const repeat = draft.rehearsal.preconditions.find(isRepeat)
  if (repeat !== undefined) return excluded({ item, about }, `${repeat.why} So it is given alone.`)
  const consentTo = (consent: BulkConsent): GivenConsent => ({
    ...consent,
    hash,
    confirm: confirmation.tail,
    approval: null,
  })
  const run = (consent: BulkConsent): Promise<ItemOutcome> =>
    (effect === 'reads' ? read(order) : give(draft, consentTo(consent))).then(withAdvice)
  return { item, run, hash, about }
}

async function here({ store }: ItemSources, local: LocalCommand, order: ItemOrder): Promise<Held> {
  const { command, input } = order
  const intent = await store.intent(order.intent)
  const { words, expected } = local
  const about = { words, expected, effect: 'local' } as const
  const item = itemOf({ id: intent.id, mainId: mainIdOf(intent) })
  const checked = local.input.safeParse(input)
  if (!checked.success) {
    return excluded(
      { item, about },
      wrongInput(checked.error, { command, fields: [], written: input }).message,
    )
  }
  const run = async ({ reason }: BulkConsent): Promise<ItemOutcome> => {
    const why = await local.run({ intent, input, reason })
    return { outcome: 'accepted', why, actionId: null }
  }
  return { item, run, hash: sha256(canonicalJson({ command, intent: intent.id, input })), about }
}

/** An item has one line to be told in. */
function withAdvice({ outcome, why, advice, actionId }: ActAnswer): ItemOutcome {
  return { outcome, why: `${why} ${advice ?? ''}`.trim(), actionId }
}

/** The same items, an intent that is named by two of its ids once. */
export function distinct(held: readonly Held[]): Held[] {
  const seen = new Set<string>()
  return held.map((one) => {
    const isSeen = seen.has(one.item.intent)
    seen.add(one.item.intent)
    return isSeen ? excluded(one, 'It stands in the selection already.') : one
  })
}

/** What went wrong, and what to do about it. */
export function sentenceOf(reason: unknown): string {
  if (!(reason instanceof Failure)) return reason instanceof Error ? reason.message : String(reason)
  return `${reason.message} ${reason.tip}`.trim()
}

function itemOf({ id, mainId }: { id: string; mainId: string }): BulkItem {
  return { intent: id as BulkItem['intent'], mainId, state: 'waiting', why: '', actionId: null }
}

function excluded({ item, about }: Pick<Held, 'item' | 'about'>, why: string): Held {
  return { item: { ...item, state: 'excluded', why }, run: null, hash: '', about }
}
